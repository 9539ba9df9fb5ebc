package io.github.dataspaces.benchmarks;

import io.github.dataspaces.junit.Dataspace;
import io.github.dataspaces.junit.Isolation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;

/**
 * How long it takes from the end of a test to a connection of the next one that has answered a
 * query, to a clean database: with all that JUnit does in between.
 */
final class Gaps {

  static final int RUNS = 201;

  private static final List<Long> MEASURED = new ArrayList<>();
  private static Schema schema = Schema.SMALL;
  private static int pause;
  private static long ended;

  private Gaps() {}

  /** One test, whichever way its connection was had. */
  @FunctionalInterface
  interface Source {
    Connection connect() throws Exception;
  }

  /** Before the tests of a row of the report. */
  static void begin(Schema made, int pauseMilliseconds) {
    schema = made;
    pause = pauseMilliseconds;
    ended = 0;
    MEASURED.clear();
  }

  /** After them. */
  static Distribution measured() {
    return new Distribution(MEASURED);
  }

  static void test(Source source, boolean writes) throws Exception {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("select 1");
      if (ended != 0) {
        MEASURED.add(System.nanoTime() - ended);
      }
      use(connection, writes);
      Thread.sleep(pause);
    }
    ended = System.nanoTime();
  }

  private static void use(Connection connection, boolean writes) throws SQLException {
    if (writes) {
      schema.write(connection);
    } else {
      schema.read(connection);
    }
  }

  @Dataspace(flavour = "postgres")
  static class ClassWriting {
    @RepeatedTest(RUNS)
    void test(DataSource database) throws Exception {
      Gaps.test(database::getConnection, true);
    }
  }

  @Dataspace(flavour = "postgres")
  static class ClassReading {
    @RepeatedTest(RUNS)
    void test(DataSource database) throws Exception {
      Gaps.test(database::getConnection, false);
    }
  }

  @Dataspace(flavour = "postgres", isolation = Isolation.METHOD)
  static class MethodWriting {
    @RepeatedTest(RUNS)
    void test(DataSource database) throws Exception {
      Gaps.test(database::getConnection, true);
    }
  }
}
