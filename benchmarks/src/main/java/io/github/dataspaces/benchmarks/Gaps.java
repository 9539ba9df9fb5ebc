package io.github.dataspaces.benchmarks;

import io.github.dataspaces.junit.Dataspace;
import io.github.dataspaces.junit.Isolation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long it takes from the end of a test to a connection of the next one that has answered a
 * query, to a clean database: with all that JUnit does in between.
 */
final class Gaps {

  private static final List<Long> MEASURED = new ArrayList<>();
  private static Plan plan = new Plan(Schema.SMALL, 0, 1);
  private static long began;
  private static long ended;

  private Gaps() {}

  /** One test, whichever way its connection was had. */
  @FunctionalInterface
  interface Source {
    Connection connect() throws Exception;
  }

  /** Before the tests of a row of the report. */
  static void begin(Plan made) {
    plan = made;
    began = 0;
    ended = 0;
    MEASURED.clear();
  }

  /** Whether another test is to run; before the first one there is no gap to measure. */
  static boolean more() {
    if (began == 0) {
      // what it takes until the first test is not a test's
      began = System.nanoTime();
    }
    boolean late = System.nanoTime() - began > TimeUnit.SECONDS.toNanos(plan.seconds());
    return MEASURED.size() < (late ? plan.fewest() : plan.runs());
  }

  /** After them. */
  static Distribution measured() {
    return new Distribution(MEASURED);
  }

  static void test(Source source, boolean writes) throws Exception {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("select 1");
      begun();
      use(connection, writes);
      Thread.sleep(plan.pause());
    }
    ended = System.nanoTime();
  }

  private static void begun() {
    if (ended != 0) {
      MEASURED.add(System.nanoTime() - ended);
    }
  }

  private static void use(Connection connection, boolean writes) throws SQLException {
    if (writes) {
      plan.schema().write(connection);
    } else {
      plan.schema().read(connection);
    }
  }

  /** What JUnit takes by itself. */
  @ExtendWith(Repetitions.class)
  static class Plain {
    @TestTemplate
    void test() throws Exception {
      begun();
      Thread.sleep(plan.pause());
      ended = System.nanoTime();
    }
  }

  /** What a test that reads takes by itself: its pool stays, and nothing is put back. */
  @ExtendWith(Repetitions.class)
  static class Kept {
    static Source pool = Kept::none;

    private static Connection none() {
      throw new IllegalStateException("there is none");
    }

    @TestTemplate
    void test() throws Exception {
      Gaps.test(pool, false);
    }
  }

  @Dataspace
  @ExtendWith(Repetitions.class)
  static class ClassWriting {
    @TestTemplate
    void test(DataSource database) throws Exception {
      Gaps.test(database::getConnection, true);
    }
  }

  @Dataspace
  @ExtendWith(Repetitions.class)
  static class ClassReading {
    @TestTemplate
    void test(DataSource database) throws Exception {
      Gaps.test(database::getConnection, false);
    }
  }

  @Dataspace(isolation = Isolation.METHOD)
  @ExtendWith(Repetitions.class)
  static class MethodWriting {
    @TestTemplate
    void test(DataSource database) throws Exception {
      Gaps.test(database::getConnection, true);
    }
  }
}
