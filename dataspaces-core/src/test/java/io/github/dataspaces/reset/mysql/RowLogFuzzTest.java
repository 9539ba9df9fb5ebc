package io.github.dataspaces.reset.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.reset.FastReset;
import io.github.dataspaces.reset.FastReset.Outcome;
import io.github.dataspaces.testkit.EachMySqlVersion;
import io.github.dataspaces.testkit.RandomStatements;
import io.github.dataspaces.testkit.RandomTables;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever rows of whatever tables a test writes, in whatever transactions: they are put back, or
 * it is said that they are not.
 */
@Timeout(300)
class RowLogFuzzTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final Logger LOG = LoggerFactory.getLogger(RowLogFuzzTest.class);

  /** Each with tables of its own; {@code -Dtest.fuzz.schemas} for a longer search. */
  private static final int SCHEMAS = Integer.getInteger("test.fuzz.schemas", 3);

  private static final long SEED = Long.getLong("test.fuzz.seed", 1);

  private static final int RESETS = 12;
  private static final int MOST_STATEMENTS = 12;

  @EachMySqlVersion
  void putsBackWhateverIsWritten(String flavour) throws SQLException {
    Dataspace dataspace = HOME.createForTests(flavour);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (long seed = SEED; seed < SEED + SCHEMAS; seed++) {
      check(dataspace, seed, outcomes);
    }
    assertThat(outcomes.getOrDefault("RESET", 0)).as(outcomes.toString()).isGreaterThan(SCHEMAS);
    LOG.info("{}: {}", flavour, outcomes);
  }

  private static void check(Dataspace dataspace, long seed, Map<String, Integer> outcomes)
      throws SQLException {
    Random random = new Random(seed);
    RandomTables tables = new RandomTables(seed, dataspace.info().flavour().equals("mariadb"));
    RandomStatements statements = new RandomStatements(tables, seed);
    try (FastReset reset = RowLogResetTest.fastReset(dataspace)) {
      Map<String, List<String>> states = begin(dataspace, tables, reset);
      for (int i = 0; i < RESETS; i++) {
        List<String> written = write(dataspace, statements, random.nextInt(MOST_STATEMENTS));
        if (random.nextInt(4) == 0) {
          mark(dataspace, tables, reset, states);
        }
        String state = List.copyOf(states.keySet()).get(random.nextInt(states.size()));
        Outcome outcome = reset.back(state);
        if (outcome == Outcome.BEYOND) {
          outcomes.merge(reset.obstacle(), 1, Integer::sum);
          reset.reconnect();
          states = begin(dataspace, tables, reset);
        } else {
          outcomes.merge(outcome.toString(), 1, Integer::sum);
          assertThat(RandomTables.difference(states.get(state), tables.state(dataspace)))
              .as("%s to %s of seed %d after %s", outcome, state, seed, String.join(";\n", written))
              .isEmpty();
        }
      }
    }
  }

  private static Map<String, List<String>> begin(
      Dataspace dataspace, RandomTables tables, FastReset reset) throws SQLException {
    Sql.on(dataspace).run("drop database dataspace", "create database dataspace");
    tables.fill(dataspace);
    Map<String, List<String>> states = new TreeMap<>();
    mark(dataspace, tables, reset, states);
    return states;
  }

  /** Notes one more state, and forgets those that it has nothing to do with. */
  private static void mark(
      Dataspace dataspace, RandomTables tables, FastReset reset, Map<String, List<String>> states)
      throws SQLException {
    String name = "state " + states.size();
    if (reset.mark(name) == FastReset.Marked.APART) {
      states.clear();
    }
    states.put(name, tables.state(dataspace));
  }

  /** Runs statements in two sessions, which may be left in a transaction. */
  private static List<String> write(Dataspace dataspace, RandomStatements statements, int count)
      throws SQLException {
    List<String> written = new ArrayList<>();
    try (Connection one = Sql.on(dataspace).connect();
        Connection other = Sql.on(dataspace).connect()) {
      for (int i = 0; i < count; i++) {
        String sql = statements.next();
        try (Statement statement = (i % 3 == 0 ? other : one).createStatement()) {
          if (i < 2) {
            statement.execute("set session innodb_lock_wait_timeout = 1");
          }
          statement.execute(sql);
          written.add(sql);
        } catch (SQLException e) {
          written.add("-- " + e.getMessage() + ": " + sql);
        }
      }
    }
    return written;
  }
}
