package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state that a test begins with. */
class RollbackTest {

  @Dataspace(seed = "classpath:customers.sql")
  @TestMethodOrder(MethodName.class)
  static class Plain {

    static final Set<Object> SOURCES = ConcurrentHashMap.newKeySet();
    static final Set<String> URLS = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void addToTheBaseline(DataSource database, DataspaceHandle handle) {
      Sql.add(database, "ben");
      note(database, handle);
    }

    private static void note(DataSource database, DataspaceHandle handle) {
      SOURCES.add(database);
      URLS.add(handle.jdbcUrl() + handle.username() + handle.password());
    }

    @Test
    void a(DataSource database, DataspaceHandle handle) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      Sql.add(database, "cleo");
      note(database, handle);
    }

    @Test
    void b(DataSource database, DataspaceHandle handle) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      Sql.execute(database, "drop table customer");
      note(database, handle);
    }

    @Test
    void c(DataSource database, DataspaceHandle handle) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      note(database, handle);
    }
  }

  @Test
  @Tag("every-junit")
  void eachTestBeginsWithWhatBeforeAllLeft() {
    SampleRun.of(Plain.class).passes(3);
    assertThat(Plain.SOURCES).as("data sources").hasSize(1);
    assertThat(Plain.URLS).as("URLs and credentials").hasSize(1);
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class Invocations {

    @RepeatedTest(2)
    void repeated(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada");
      Sql.add(database, "ben");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ben", "cleo"})
    void parameterized(String name, DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada");
      Sql.add(database, name);
    }
  }

  @Test
  void eachInvocationIsATest() {
    SampleRun.of(Invocations.class).passes(4);
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class ConstructorWrites {

    static int instances;

    ConstructorWrites(DataSource database) {
      instances++;
      Sql.add(database, "instance " + instances);
    }

    @RepeatedTest(2)
    void seesItsOwn(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada", "instance " + instances);
    }
  }

  @Test
  void theConstructorBelongsToTheTest() {
    SampleRun.of(ConstructorWrites.class).passes(2);
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class WithNested {

    static final List<String> ORDER = new ArrayList<>();

    @Test
    void outer(DataSource database) {
      ORDER.add("outer");
      assertThat(Sql.customers(database)).containsExactly("ada");
      Sql.add(database, "outer");
    }

    @Nested
    class First {

      @BeforeAll
      static void add(DataSource database) {
        assertThat(Sql.customers(database)).containsExactly("ada");
        Sql.add(database, "first");
      }

      @RepeatedTest(2)
      void seesItsOwn(DataSource database) {
        ORDER.add("nested");
        assertThat(Sql.customers(database)).containsExactly("ada", "first");
        Sql.add(database, "ben");
      }

      @Nested
      class Deeper {

        @BeforeAll
        static void add(DataSource database) {
          Sql.add(database, "deeper");
        }

        @RepeatedTest(2)
        void seesThoseAround(DataSource database) {
          assertThat(Sql.customers(database)).containsExactly("ada", "deeper", "first");
          Sql.add(database, "ben");
        }
      }
    }

    @Nested
    class Second {

      @Test
      void seesNoneOfItsSibling(DataSource database) {
        assertThat(Sql.customers(database)).containsExactly("ada");
      }
    }
  }

  @Test
  void nestedClassesAddToTheBaselineForThemselvesOnly() {
    SampleRun.of(WithNested.class).passes(6);
  }

  @Test
  void testsAfterANestedClassDoNotSeeItsData() {
    WithNested.ORDER.clear();
    SampleRun.select(
            List.of(
                selectNestedMethod(
                    List.of(WithNested.class),
                    WithNested.First.class,
                    "seesItsOwn",
                    DataSource.class),
                selectMethod(WithNested.class, "outer", DataSource.class)))
        .passes(3);
    assertThat(WithNested.ORDER).containsExactly("nested", "nested", "outer");
  }

  @Dataspace(seed = "classpath:customers.sql", rollback = Rollback.EACH_CLASS)
  static class EachClass {

    static final List<String> ORDER = new ArrayList<>();
    static final List<String> EXPECTED = new ArrayList<>();

    /** Whatever the order: what this class's last tests have added is seen, and nothing else. */
    static void goOn(String where, DataSource database, String... baseline) {
      if (ORDER.isEmpty() || !ORDER.get(ORDER.size() - 1).equals(where)) {
        EXPECTED.clear();
        EXPECTED.addAll(List.of(baseline));
      }
      ORDER.add(where);
      assertThat(Sql.customers(database)).containsExactlyInAnyOrderElementsOf(EXPECTED);
      Sql.add(database, where + ORDER.size());
      EXPECTED.add(where + ORDER.size());
    }

    @Test
    void a(DataSource database) {
      goOn("outer", database, "ada");
    }

    @Test
    void b(DataSource database) {
      goOn("outer", database, "ada");
    }

    @Nested
    class Inner {

      @BeforeAll
      static void add(DataSource database) {
        assertThat(Sql.customers(database)).containsExactly("ada");
        Sql.add(database, "ben");
      }

      @RepeatedTest(2)
      void c(DataSource database) {
        goOn("inner", database, "ada", "ben");
      }
    }
  }

  @Test
  void testsOfAClassCanSeeEachOther() {
    EachClass.ORDER.clear();
    SampleRun.of(EachClass.class).passes(4);
    assertThat(EachClass.ORDER).containsExactly("outer", "outer", "inner", "inner");
  }

  @Test
  void testsOfAClassThatGoOnAfterANestedOneBeginWithTheBaseline() {
    EachClass.ORDER.clear();
    SampleRun.select(
            List.of(
                selectNestedClass(List.of(EachClass.class), EachClass.Inner.class),
                selectMethod(EachClass.class, "a", DataSource.class),
                selectMethod(EachClass.class, "b", DataSource.class)))
        .passes(4);
    assertThat(EachClass.ORDER).containsExactly("inner", "inner", "outer", "outer");
  }

  @Dataspace(seed = "classpath:customers.sql", rollback = Rollback.NEVER)
  @TestMethodOrder(MethodName.class)
  static class Never {

    @BeforeAll
    static void snapshot(DataspaceHandle handle) {
      handle.snapshot("fresh");
    }

    @Test
    void a(DataSource database) {
      Sql.add(database, "a");
    }

    @Test
    void b(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("a", "ada");
    }

    @Test
    @RollbackTo("fresh")
    void c(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada");
    }

    @Nested
    class Inner {
      @Test
      void seesIt(DataSource database) {
        assertThat(Sql.customers(database)).containsExactly("ada");
        Sql.add(database, "inner");
      }

      @Test
      void twice(DataSource database) {
        Sql.add(database, "inner");
      }
    }
  }

  @Test
  void neverIsNever() {
    String log = SampleRun.log(() -> SampleRun.of(Never.class).passes(5));
    assertThat(log).containsOnlyOnce("back at 'fresh'").containsOnlyOnce("noted as 'fresh'");
  }
}
