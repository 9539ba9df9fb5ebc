package io.github.dataspaces.reset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.ResetSession;
import io.github.dataspaces.SnapshotInfo;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * States of MySQL and MariaDB are gone to in any order, whether rows tell them apart or
 * definitions, and whether a test has changed rows or definitions.
 */
@Timeout(300)
class StatesTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final int STEPS = 25;
  private static final int MOST_STATES = 4;

  private static final List<String> ROWS =
      List.of(
          "insert into item (name) values ('new'), ('newer')",
          "insert into item (name) select 'passing' from item; delete from item where name = 'passing'",
          "update item set name = concat(name, '!') where id %% 7 = 3",
          "delete from item where id %% 5 = %d",
          "update item set id = id + 1000 where id < %d",
          "start transaction; insert into item (name) values ('gone'); rollback");

  private static final List<String> DEFINITIONS =
      List.of(
          "create table if not exists other%d (i int)", "alter table item comment 'comment %d'");

  @EachMySql
  void ofRowsTakeNoFiles(String flavour) {
    Dataspace dataspace = HOME.createForTestsWithItems(flavour);
    try (ResetSession session = dataspace.resets()) {
      Sql.on(dataspace).run("delete from item where id > 50");
      session.take("half");
      Sql.on(dataspace).run("delete from item where id > 20");
      session.take("fifth");
      for (String write : List.of("delete from item", "drop table item")) {
        for (String state : List.of("half", "fifth")) {
          Sql.on(dataspace).run(write);
          session.to(state);
          assertThat(Sql.on(dataspace).query("select count(*) from item"))
              .as("%s after %s", state, write)
              .isEqualTo(state.equals("half") ? "50" : "20");
        }
        session.toBeginning();
        assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
      }
    }
    assertThat(filed(dataspace)).isEmpty();
  }

  @Test
  void areGoneToOnTheFilesOfOthersThatAreDropped() {
    Dataspace dataspace = HOME.createForTestsWithItems(EachMySql.NATIVE);
    try (ResetSession session = dataspace.resets()) {
      Sql.on(dataspace).run("create table another (i int)");
      session.take("defined");
      Sql.on(dataspace).run("insert into another values (1)");
      session.take("filled");
      session.drop("defined");
      Sql.on(dataspace).run("drop table another");
      session.to("filled");
      assertThat(Sql.on(dataspace).query("select count(*) from another")).isEqualTo("1");
      session.drop("filled");
      assertThat(filed(dataspace)).isEmpty();
      Sql.on(dataspace).run("insert into another values (2)");
      session.take("defined");
      session.toBeginning();
      session.to("defined");
      assertThat(Sql.on(dataspace).query("select count(*) from another")).isEqualTo("2");
    }
  }

  @EachMySql
  void areWhatTheyWereInAnyOrder(String flavour) {
    Random random = new Random(Long.getLong("test.fuzz.seed", 1));
    Dataspace dataspace = HOME.createForTestsWithItems(flavour);
    Sql.on(dataspace).run("alter table item modify id int auto_increment");
    Map<String, String> states = new TreeMap<>();
    List<String> done = new ArrayList<>();
    try (ResetSession session = dataspace.resets()) {
      String beginning = state(dataspace);
      for (int i = 0; i < Integer.getInteger("test.fuzz.steps", STEPS); i++) {
        String name = "state" + i;
        switch (random.nextInt(10)) {
          case 0, 1 -> {
            done.add("take " + name);
            session.take(name);
            states.put(name, state(dataspace));
          }
          case 2 -> {
            done.add("to the beginning");
            session.toBeginning();
            assertThat(state(dataspace)).as(done.toString()).isEqualTo(beginning);
          }
          case 3, 4, 5 ->
              states.keySet().stream()
                  .skip(random.nextInt(states.size() + 1))
                  .findFirst()
                  .ifPresent(
                      state -> {
                        done.add("to " + state);
                        session.to(state);
                        assertThat(state(dataspace))
                            .as(done.toString())
                            .isEqualTo(states.get(state));
                      });
          case 6 -> run(dataspace, DEFINITIONS, random, done);
          default -> run(dataspace, ROWS, random, done);
        }
        if (states.size() > MOST_STATES) {
          String dropped = List.copyOf(states.keySet()).get(random.nextInt(states.size()));
          done.add("drop " + dropped);
          session.drop(dropped);
          states.remove(dropped);
        }
      }
      states.keySet().forEach(session::drop);
      assertThat(filed(dataspace)).as(done.toString()).isEmpty();
    }
  }

  /** The states that there are snapshots of, save the one that each session begins with. */
  private static List<String> filed(Dataspace dataspace) {
    return HOME.dataspaces().snapshots(dataspace.name()).stream()
        .map(SnapshotInfo::name)
        .filter(name -> !name.equals("beginning"))
        .toList();
  }

  private static void run(Dataspace dataspace, List<String> of, Random random, List<String> done) {
    String sql = of.get(random.nextInt(of.size())).formatted(random.nextInt(5));
    done.add(sql);
    Sql.on(dataspace).run(sql.split("; "));
  }

  private static String state(Dataspace dataspace) {
    Sql sql = Sql.on(dataspace);
    return String.join(
        "\n",
        sql.query("select count(*), sum(crc32(concat(id, name))) from item"),
        sql.query(
            "select group_concat(table_name order by table_name), max(table_comment) from information_schema.tables where table_schema = 'dataspace'"),
        nextNumber(sql));
  }

  private static String nextNumber(Sql sql) {
    return String.valueOf(sql.rows("show create table item"))
        .replaceAll("(?s).*AUTO_INCREMENT=(\\d+).*", "$1");
  }
}
