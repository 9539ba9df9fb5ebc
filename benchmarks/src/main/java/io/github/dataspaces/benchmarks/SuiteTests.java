package io.github.dataspaces.benchmarks;

import io.github.dataspaces.junit.Dataspace;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Twenty classes of ten tests, once for ours and once for each of the others. */
final class SuiteTests {

  static final int TESTS = 10;
  static final int PAUSE = 20;

  static Peer peer = new NoDatabase();

  private SuiteTests() {}

  /** What JUnit takes by itself. */
  private static final class NoDatabase implements Peer {
    @Override
    public Connection clean() {
      throw new IllegalStateException("there is none");
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  @Dataspace(flavour = "postgres")
  abstract static class Ours {
    @RepeatedTest(TESTS)
    void test(DataSource database) throws Exception {
      try (Connection connection = database.getConnection()) {
        Schema.SMALL.write(connection);
        Thread.sleep(PAUSE);
      }
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class Others {
    @RepeatedTest(TESTS)
    void test() throws Exception {
      if (peer instanceof NoDatabase) {
        Thread.sleep(PAUSE);
        return;
      }
      try (Connection connection = peer.clean()) {
        Schema.SMALL.write(connection);
        Thread.sleep(PAUSE);
      }
      peer.afterTest();
    }

    @AfterAll
    void afterAll() throws Exception {
      peer.afterClass();
    }
  }

  static class Ours1 extends Ours {}

  static class Other1 extends Others {}

  static class Ours2 extends Ours {}

  static class Other2 extends Others {}

  static class Ours3 extends Ours {}

  static class Other3 extends Others {}

  static class Ours4 extends Ours {}

  static class Other4 extends Others {}

  static class Ours5 extends Ours {}

  static class Other5 extends Others {}

  static class Ours6 extends Ours {}

  static class Other6 extends Others {}

  static class Ours7 extends Ours {}

  static class Other7 extends Others {}

  static class Ours8 extends Ours {}

  static class Other8 extends Others {}

  static class Ours9 extends Ours {}

  static class Other9 extends Others {}

  static class Ours10 extends Ours {}

  static class Other10 extends Others {}

  static class Ours11 extends Ours {}

  static class Other11 extends Others {}

  static class Ours12 extends Ours {}

  static class Other12 extends Others {}

  static class Ours13 extends Ours {}

  static class Other13 extends Others {}

  static class Ours14 extends Ours {}

  static class Other14 extends Others {}

  static class Ours15 extends Ours {}

  static class Other15 extends Others {}

  static class Ours16 extends Ours {}

  static class Other16 extends Others {}

  static class Ours17 extends Ours {}

  static class Other17 extends Others {}

  static class Ours18 extends Ours {}

  static class Other18 extends Others {}

  static class Ours19 extends Ours {}

  static class Other19 extends Others {}

  static class Ours20 extends Ours {}

  static class Other20 extends Others {}

  static final List<Class<?>> OURS =
      List.of(
          Ours1.class,
          Ours2.class,
          Ours3.class,
          Ours4.class,
          Ours5.class,
          Ours6.class,
          Ours7.class,
          Ours8.class,
          Ours9.class,
          Ours10.class,
          Ours11.class,
          Ours12.class,
          Ours13.class,
          Ours14.class,
          Ours15.class,
          Ours16.class,
          Ours17.class,
          Ours18.class,
          Ours19.class,
          Ours20.class);

  static final List<Class<?>> OTHERS =
      List.of(
          Other1.class,
          Other2.class,
          Other3.class,
          Other4.class,
          Other5.class,
          Other6.class,
          Other7.class,
          Other8.class,
          Other9.class,
          Other10.class,
          Other11.class,
          Other12.class,
          Other13.class,
          Other14.class,
          Other15.class,
          Other16.class,
          Other17.class,
          Other18.class,
          Other19.class,
          Other20.class);
}
