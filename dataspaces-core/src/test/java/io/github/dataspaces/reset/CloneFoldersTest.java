package io.github.dataspaces.reset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.ResetSession;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.Disk;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.Eventually;
import io.github.dataspaces.testkit.Processes;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.WritesToDisks;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Folders of clones are used again, and nothing of what a test has written stays in them. */
@Timeout(180)
@WritesToDisks
class CloneFoldersTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  /** Two that wait, one in use, and one on its way. */
  private static final int MOST = 4;

  /** Every row of every table of the database, catalogues included. */
  private static final String CONTENT =
      """
      select string_agg(oid::regclass || ' ' || query_to_xml(format(
        'select count(*), sum(hashtext(t::text)) from %s t', oid::regclass), true, true, '')::text, '' order by oid)
      from pg_class where relkind = 'r' and not relisshared
      """;

  private static final String ALL =
      "select t || '/' || f from pg_ls_dir('dataspaces_clones', true, false) t, pg_ls_dir('dataspaces_clones/' || t) f where f <> 'list'";

  /** Each leaves something else in the files. */
  private static final List<List<String>> DAMAGES =
      List.of(
          List.of("update item set name = 'damaged'", "checkpoint"),
          List.of("drop table item", "create table item (id int)", "checkpoint"),
          List.of("truncate item", "checkpoint"),
          List.of("vacuum full pg_class", "vacuum full item", "reindex table item", "checkpoint"),
          List.of("alter table item add more text default 'x'", "vacuum analyze", "checkpoint"),
          List.of("create unlogged table quick as select 1 as a", "checkpoint"),
          List.of("insert into loose values (2)", "checkpoint", "drop table loose"),
          List.of("insert into loose values (2)"),
          List.of("cluster item using item_pkey", "checkpoint", "delete from item"));

  private static Dataspace dataspace(RuntimeChoice runtime, String version) {
    Dataspace dataspace =
        HOME.dataspaces()
            .create(HOME.spec(runtime).flavour("postgres:" + version).ephemeral(true).build());
    Sql.on(dataspace)
        .run(
            "create table item (id int primary key, name text)",
            "insert into item select i, repeat('item', 100) from generate_series(1, 1000) i",
            "create unlogged table loose as select 1 as a");
    return dataspace;
  }

  @ParameterizedTest
  @CsvSource({"EMBEDDED, 18", "DOCKER, 15", "DOCKER, 17"})
  void areExactAfterEachKindOfDamage(RuntimeChoice runtime, String version) {
    if (runtime == RuntimeChoice.DOCKER) {
      DockerEngine.require();
    }
    Dataspace dataspace = dataspace(runtime, version);
    try (ResetSession session = dataspace.resets()) {
      String content = Sql.on(dataspace).query(CONTENT);
      Set<String> folders = new TreeSet<>();
      for (int round = 0; round < 3; round++) {
        for (List<String> damage : DAMAGES) {
          Sql.on(dataspace).run(damage.toArray(String[]::new));
          assertThat(session.toBeginning()).isFalse();
          assertThat(Sql.on(dataspace).query(CONTENT)).as("after %s", damage).isEqualTo(content);
          folders.addAll(Sql.on(dataspace).rows(ALL));
        }
      }
      assertThat(folders).as("folders that were used").hasSizeBetween(2, MOST);
      session.tidy();
      assertThat(Sql.on(dataspace).rows(ALL)).as("the one in use").hasSize(1);
    }
  }

  @Test
  void areNotTakenForThoseOfAnotherState() {
    Dataspace dataspace = dataspace(RuntimeChoice.EMBEDDED, "18");
    try (ResetSession session = dataspace.resets()) {
      String beginning = Sql.on(dataspace).query(CONTENT);
      Sql.on(dataspace).run("update item set name = 'other' where id < 500", "checkpoint");
      session.take("other");
      String other = Sql.on(dataspace).query(CONTENT);
      for (int round = 0; round < 4; round++) {
        Sql.on(dataspace).run("delete from item where id = 7");
        assertThat(session.toBeginning()).isFalse();
        assertThat(Sql.on(dataspace).query(CONTENT)).isEqualTo(beginning);
        Sql.on(dataspace).run("delete from item where id = 8", "checkpoint");
        assertThat(session.to("other")).isFalse();
        assertThat(Sql.on(dataspace).query(CONTENT)).isEqualTo(other);
      }
    }
  }

  @Test
  void areNotUsedWhereADatabaseHasFilesElsewhere() {
    Dataspace dataspace = dataspace(RuntimeChoice.EMBEDDED, "18");
    Sql.on(dataspace)
        .run(
            "set allow_in_place_tablespaces = on",
            "create tablespace elsewhere location ''",
            "create table far (i int) tablespace elsewhere",
            "insert into far values (1)");
    try (ResetSession session = dataspace.resets()) {
      for (int round = 0; round < 3; round++) {
        Sql.on(dataspace).run("insert into far values (2)", "checkpoint");
        assertThat(session.toBeginning()).isFalse();
        assertThat(Sql.on(dataspace).query("select count(*) from far")).isEqualTo("1");
      }
      assertThat(Sql.on(dataspace).rows(ALL)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Disk.class,
      names = {"XFS", "BTRFS", "EXT4"})
  void goWithTheFiles(Disk disk) {
    try (TestHome home = TestHome.in(disk.folder().resolve("home"))) {
      Dataspace dataspace = home.createWithItems(RuntimeChoice.EMBEDDED);
      try (ResetSession session = dataspace.resets()) {
        Sql.on(dataspace).run("delete from item where id < 10");
        session.toBeginning();
        session.tidy();
      }
      Sql.on(dataspace).run("delete from item where id < 5");
      dataspace.snapshot("some", false);
      Sql.on(dataspace).run("drop table item");
      dataspace.rollback("some");
      Dataspace copy = dataspace.copy(home.name());
      for (Dataspace each : List.of(dataspace, copy)) {
        assertThat(Sql.on(each).query("select min(id) from item")).isEqualTo("5");
        Sql.on(each).run("delete from item");
      }
    }
  }

  @Test
  void areRemovedWhenTheServerWasKilled() {
    Dataspace dataspace = dataspace(RuntimeChoice.EMBEDDED, "18");
    dataspace.snapshot("before", false);
    try (ResetSession session = dataspace.resets()) {
      Sql.on(dataspace).run("delete from item", "checkpoint");
      session.toBeginning();
      Processes.workingIn(HOME.folderOf(dataspace.name())).forEach(Processes::kill);
      Eventually.holds("it is gone", () -> dataspace.info().state().equals("stopped"));
      dataspace.start();
    }
    try (ResetSession session = dataspace.resets()) {
      assertThat(Sql.on(dataspace).rows(ALL)).hasSizeLessThanOrEqualTo(MOST);
      Sql.on(dataspace).run("delete from item");
      session.toBeginning();
      assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("1000");
      session.tidy();
      assertThat(Sql.on(dataspace).rows(ALL)).hasSize(1);
    }
  }
}
