package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which tests share a database, also when they run in parallel. */
class IsolationTest {

  private static final Map<String, String> PARALLEL =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.mode.default", "concurrent",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "4",
          "junit.jupiter.execution.parallel.config.fixed.max-pool-size", "4");

  /** Waits until as many others are here as well: only tests that run at once get past it. */
  private static void meet(CountDownLatch latch) {
    latch.countDown();
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).as("the others are here").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fails if it is entered twice at once. */
  private static void alone(AtomicInteger inside, Runnable action) {
    assertThat(inside.incrementAndGet()).as("at once").isEqualTo(1);
    try {
      action.run();
    } finally {
      inside.decrementAndGet();
    }
  }

  private static void writeAlone(AtomicInteger inside, DataSource database) {
    alone(
        inside,
        () -> {
          assertThat(Sql.customers(database)).containsExactly("ada");
          Sql.add(database, "ben");
        });
  }

  @Dataspace(seed = "classpath:customers.sql", isolation = Isolation.METHOD)
  static class EachItsOwn {

    static final Set<String> NAMES = ConcurrentHashMap.newKeySet();
    static final CountDownLatch ALL = new CountDownLatch(3);

    private @Nullable DataspaceHandle field;

    @RepeatedTest(2)
    void test(DataSource database, DataspaceHandle handle) {
      use(database, handle);
      assertThat(field.name()).isEqualTo(handle.name());
    }

    static void use(DataSource database, DataspaceHandle handle) {
      NAMES.add(handle.name());
      Sql.add(database, handle.name());
      meet(ALL);
      assertThat(Sql.customers(database)).containsExactly("ada", handle.name());
    }

    @Nested
    class Inner {
      @Test
      void test(DataSource database, DataspaceHandle handle) {
        use(database, handle);
      }
    }
  }

  @Test
  @Tag("every-junit")
  void withIsolationMethodTestsRunAtOnceAndSeeOnlyTheirOwnRows() {
    SampleRun.with(PARALLEL, EachItsOwn.class).passes(3);
    assertThat(EachItsOwn.NAMES).hasSize(3);
  }

  @Dataspace(seed = "classpath:customers.sql", isolation = Isolation.METHOD)
  static class EachFromBeforeAll {

    @BeforeAll
    static void all(DataSource database, DataspaceHandle handle) {
      Sql.add(database, "ben");
      handle.snapshot("with-ben");
      Sql.add(database, "cleo");
    }

    @RepeatedTest(2)
    void test(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben", "cleo");
      Sql.add(database, "dora");
    }

    @Test
    @RollbackTo("with-ben")
    void named(DataSource database, DataspaceHandle handle) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      handle.rollbackTo("with-ben");
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
    }

    @Nested
    class Inner {

      @BeforeAll
      static void all(DataSource database) {
        assertThat(Sql.customers(database)).containsExactly("ada", "ben", "cleo");
        Sql.add(database, "inner");
      }

      @Test
      void test(DataSource database) {
        assertThat(Sql.customers(database)).containsExactly("ada", "ben", "cleo", "inner");
      }
    }
  }

  @Test
  void withIsolationMethodTestsBeginWithWhatBeforeAllLeft() {
    SampleRun.with(PARALLEL, EachFromBeforeAll.class).passes(4);
  }

  @Dataspace(isolation = Isolation.METHOD)
  static class StaticField {

    static @Nullable DataSource database;

    @Test
    void test() {}
  }

  @Dataspace(isolation = Isolation.METHOD)
  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClassField {

    private @Nullable DataSource database;

    @Test
    void test() {}
  }

  @Dataspace(isolation = Isolation.METHOD)
  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClassConstructor {

    PerClassConstructor(DataSource database) {}

    @Test
    void test() {}
  }

  @Test
  void withIsolationMethodNothingCanHoldADataspaceForLongerThanATest() {
    String rule =
        " has isolation = METHOD, so neither a static field nor the one instance of a PER_CLASS"
            + " class can hold the dataspace";
    assertThat(SampleRun.of(StaticField.class).failure()).contains("StaticField" + rule);
    assertThat(SampleRun.of(PerClassField.class).failure()).contains("PerClassField" + rule);
    assertThat(SampleRun.of(PerClassConstructor.class).failure())
        .contains("PerClassConstructor" + rule);
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class OneByOne {

    static final AtomicInteger INSIDE = new AtomicInteger();

    @RepeatedTest(2)
    void repeated(DataSource database) {
      writeAlone(INSIDE, database);
    }

    @Test
    void other(DataSource database) {
      writeAlone(INSIDE, database);
    }

    @Nested
    class Inner {
      @Test
      void test(DataSource database) {
        writeAlone(INSIDE, database);
      }
    }
  }

  @Test
  @Tag("every-junit")
  void theTestsOfAClassRunOneByOne() {
    SampleRun.with(PARALLEL, OneByOne.class).passes(4);
  }

  static final CountDownLatch CLASSES = new CountDownLatch(2);

  abstract static class OneOfTwo {
    @RepeatedTest(2)
    void test(DataSource database) {
      meet(CLASSES);
      assertThat(Sql.customers(database)).containsExactly("ada");
      Sql.add(database, "ben");
    }
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class FirstOfTwo extends OneOfTwo {}

  @Dataspace(seed = "classpath:customers.sql")
  static class SecondOfTwo extends OneOfTwo {}

  @Test
  void classesRunAtOnce() {
    SampleRun.with(PARALLEL, FirstOfTwo.class, SecondOfTwo.class).passes(4);
  }

  static class UnknownToTheScheduler {

    @RegisterExtension
    static DataspaceExtension db =
        DataspaceExtension.builder().seed("classpath:customers.sql").build();

    @Test
    void a(DataSource database) throws InterruptedException {
      Thread.sleep(1500);
      Sql.add(database, "a");
    }

    @Test
    void b(DataSource database) throws InterruptedException {
      Thread.sleep(1500);
      Sql.add(database, "b");
    }
  }

  @Test
  void testsThatWouldShareADatabaseAtOnceAreRefused() {
    assertThat(SampleRun.with(PARALLEL, UnknownToTheScheduler.class).failure())
        .matches(
            "UnknownToTheScheduler\\.[ab]\\(\\) began while .* was using the same dataspace\\..*")
        .contains("isolation = METHOD", "@Execution(SAME_THREAD)");
  }

  static final Map<String, String> SHARED_NAMES = new HashMap<>();
  static final AtomicInteger SHARING = new AtomicInteger();

  abstract static class Sharing {

    @BeforeAll
    static void all(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada");
      Sql.add(database, "ben");
    }

    @RepeatedTest(2)
    void test(DataSource database, DataspaceHandle handle) {
      alone(
          SHARING,
          () -> {
            assertThat(Sql.customers(database)).containsExactly("ada", "ben");
            Sql.add(database, "cleo");
            SHARED_NAMES.put(getClass().getSimpleName(), handle.name());
          });
    }
  }

  @Dataspace(seed = "classpath:customers.sql", isolation = Isolation.SHARED)
  static class FirstSharing extends Sharing {}

  @Dataspace(seed = "classpath:customers.sql", isolation = Isolation.SHARED)
  static class SecondSharing extends Sharing {}

  @Dataspace(isolation = Isolation.SHARED)
  static class SharingAnother {
    @Test
    void test(DataspaceHandle handle) {
      SHARED_NAMES.put("another", handle.name());
    }
  }

  @Test
  void sharedIsOneForTheRun() {
    SampleRun.with(PARALLEL, FirstSharing.class, SecondSharing.class, SharingAnother.class)
        .passes(5);
    assertThat(SHARED_NAMES.get("FirstSharing"))
        .matches("test-postgres-[0-9a-z]{8}")
        .isEqualTo(SHARED_NAMES.get("SecondSharing"))
        .isNotEqualTo(SHARED_NAMES.get("another"));
  }
}
