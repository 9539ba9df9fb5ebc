package io.github.dataspaces.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspace;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.LiveSource;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.Selection;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.MariaDb;
import io.github.dataspaces.flavour.MySql;
import io.github.dataspaces.flavour.PostgreSql;
import io.github.dataspaces.runtime.RunningDatabase;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 18: a sample has what was asked for and what that refers to, whatever refers to what. */
@Timeout(300)
class SampleTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @TempDir private Path folder;

  @Test
  void aSampleOfAnySchemaIsWhatItShouldBe() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    for (int seed = 0; seed < 60; seed++) {
      Sql.on(made).run("drop schema public cascade", "create schema public");
      check(made, new PostgreSql(), seed);
      assertThat(Sql.on(made).query("select count(*) from pg_constraint where not convalidated"))
          .isEqualTo("0");
      assertThat(Sql.on(made).query("select count(*) from pg_namespace where nspname ~ 'dataspac'"))
          .isEqualTo("0");
    }
  }

  @EachMySql
  void theSameOnMySql(String flavour) throws IOException {
    Dataspace made = HOME.create(flavour);
    String database = made.connection().database();
    for (int seed = 100; seed < 115; seed++) {
      Sql.on(made).run("drop database " + database, "create database " + database);
      check(made, flavour.startsWith("mysql") ? new MySql() : new MariaDb(), seed);
    }
  }

  @EachRuntime
  void aSampleOfALiveSourceIsWhatItShouldBe(RuntimeChoice runtime) throws IOException {
    // natively pg_dump is the machine's, which may be as old as this
    Dataspace source = HOME.dataspaces().create(HOME.spec(runtime).flavour("postgres:15").build());
    Dataspace made = HOME.dataspaces().create(HOME.spec(runtime).flavour("postgres:15").build());
    for (int seed = 200; seed < 210; seed++) {
      Sql.on(source).run("drop schema public cascade", "create schema public");
      Sql.on(made).run("drop schema public cascade", "create schema public");
      checkLive(source, made, new PostgreSql(), seed);
    }
  }

  @EachMySql
  void aSampleOfALiveMySqlIsWhatItShouldBe(String name) throws IOException {
    Dataspace source = HOME.create(name);
    Dataspace made = HOME.create(name);
    String database = made.connection().database();
    Flavour flavour = name.startsWith("mysql") ? new MySql() : new MariaDb();
    for (int seed = 300; seed < 305; seed++) {
      Sql.on(source).run("drop database " + database, "create database " + database);
      Sql.on(made).run("drop database " + database, "create database " + database);
      checkLive(source, made, flavour, seed);
    }
  }

  private void check(Dataspace made, Flavour flavour, int seed) throws IOException {
    RandomShop shop = shop(flavour, seed);
    String script = shop.script();
    load(script, made, flavour, shop.selection());
    assertSample(made, shop, script, seed);
  }

  private void checkLive(Dataspace source, Dataspace made, Flavour flavour, int seed)
      throws IOException {
    RandomShop shop = shop(flavour, seed);
    String script = shop.script();
    load(script, source, flavour, Selection.ALL);
    ConnectionInfo from = source.connection();
    made.importDump(
        Imports.of(
            new LiveSource(from.jdbcUrl(), from.username(), from.password(), ""),
            shop.selection()));
    assertSample(made, shop, script, seed);
  }

  private static RandomShop shop(Flavour flavour, int seed) {
    RandomShop shop = new RandomShop(seed, flavour instanceof PostgreSql);
    return seed % 2 == 1 ? shop.withNames() : shop;
  }

  private void load(String script, Dataspace into, Flavour flavour, Selection selection)
      throws IOException {
    Path file = folder.resolve("shop.sql");
    Files.writeString(file, script);
    Imports imports = Imports.of(List.of(DumpSource.of(file)), selection);
    new DumpImport(imports, (what, done, total) -> {}, notice -> {}).prepare(at(into, flavour));
  }

  private static void assertSample(Dataspace made, RandomShop shop, String script, int seed) {
    Map<String, Set<String>> expected = ExpectedSample.of(shop);
    Map<String, Set<String>> found = new TreeMap<>();
    for (String table : expected.keySet()) {
      List<String> tags = Sql.on(made).rows("select tag from " + table);
      found.put(table, new TreeSet<>(tags));
      assertThat(tags).as("seed %d, rows of %s", seed, table).doesNotHaveDuplicates();
    }
    assertThat(found).as("seed %d of\n%s\n%s", seed, shop.selection(), script).isEqualTo(expected);
    for (RandomShop.Table table : shop.tables) {
      if (expected.containsKey(table.name)) {
        RandomShop.danglingQueries(table)
            .forEach(query -> assertThat(Sql.on(made).query(query)).as(query).isEqualTo("0"));
      }
    }
  }

  private static RunningDatabase at(Dataspace dataspace, Flavour flavour) {
    ConnectionInfo to = dataspace.connection();
    return new RunningDatabase(
        flavour,
        new Address(
            to.host(), to.port(), new Credentials(to.database(), to.username(), to.password())));
  }
}
