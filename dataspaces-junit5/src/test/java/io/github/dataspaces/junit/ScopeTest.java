package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.HashSet;
import java.util.Set;
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

/** Where a dataspace is in scope. */
class ScopeTest {

  @Dataspace(seed = "classpath:customers.sql")
  @Inherited
  @Retention(RetentionPolicy.RUNTIME)
  @interface Customers {}

  @Customers
  abstract static class Base {}

  static class Inheriting extends Base {

    @Test
    void test(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada");
    }

    @Nested
    class Inner {
      @Test
      void test(DataSource database) {
        assertThat(Sql.customers(database)).containsExactly("ada");
      }
    }
  }

  @Test
  void annotationsOnAnnotationsAndSuperclassesAndEnclosingClassesCount() {
    SampleRun.of(Inheriting.class).passes(2);
  }

  @Customers
  static class TwoDataspaces {

    static final Set<String> NAMES = new HashSet<>();

    @Test
    void outer(DataSource database, DataspaceHandle handle) {
      assertThat(Sql.customers(database)).containsExactly("ada");
      NAMES.add(handle.name());
    }

    @Nested
    @Dataspace
    class Inner {
      @Test
      void inner(DataSource database, DataspaceHandle handle) {
        Sql.execute(database, "create table customer (name text)");
        assertThat(Sql.customers(database)).isEmpty();
        NAMES.add(handle.name());
      }
    }
  }

  @Test
  void aNestedClassCanHaveItsOwn() {
    SampleRun.of(TwoDataspaces.class).passes(2);
    assertThat(TwoDataspaces.NAMES).hasSize(2);
  }

  static class OnlyNested {

    @Nested
    @Customers
    class Inner {
      @RepeatedTest(2)
      void inner(DataSource database) {
        assertThat(Sql.customers(database)).containsExactly("ada");
        Sql.add(database, "ben");
      }
    }
  }

  @Test
  void aNestedClassAloneCanHaveOne() {
    SampleRun.of(OnlyNested.class).passes(2);
  }

  static class Registered {

    @RegisterExtension
    static DataspaceExtension db =
        DataspaceExtension.builder().seed("classpath:customers.sql").build();

    static @Nullable DataspaceHandle handle;
    private @Nullable DataSource field;

    @BeforeAll
    static void all(DataSource database) {
      Sql.add(database, "ben");
    }

    @RepeatedTest(2)
    void test(DataSource database) {
      assertThat(field).isSameAs(database).isSameAs(handle.dataSource());
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      Sql.add(database, "cleo");
    }

    @Nested
    class Inner {
      @Test
      void test(DataSource database) {
        assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      }
    }
  }

  @Test
  void anExtensionInAStaticFieldDoesTheSame() {
    SampleRun.of(Registered.class).passes(3);
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static class RegisteredPerClass {

    @RegisterExtension
    DataspaceExtension db = DataspaceExtension.builder().seed("classpath:customers.sql").build();

    private @Nullable DataSource field;

    @BeforeAll
    void all(DataSource database) {
      assertThat(field).isSameAs(database);
      Sql.add(database, "ben");
    }

    @RepeatedTest(2)
    void test(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      Sql.add(field, "cleo");
    }
  }

  @Test
  @Tag("every-junit")
  void anExtensionInAFieldOfAPerClassInstanceDoesTheSame() {
    SampleRun.of(RegisteredPerClass.class).passes(2);
  }

  static class RegisteredPerMethod {

    @RegisterExtension DataspaceExtension db = DataspaceExtension.builder().build();

    @Test
    void test() {}
  }

  @Test
  void anExtensionThatCannotSeeItsClassSaysSo() {
    assertThat(SampleRun.of(RegisteredPerMethod.class).failure())
        .isEqualTo(
            "RegisteredPerMethod has a DataspaceExtension in a field that is not static. Make it"
                + " static, or add @TestInstance(PER_CLASS) to the class.");
  }

  @Customers
  static class Both {

    @RegisterExtension static DataspaceExtension db = DataspaceExtension.builder().build();

    @Test
    void test() {}
  }

  @Test
  void twoDataspacesForOneClassAreRefused() {
    assertThat(SampleRun.of(Both.class).failure())
        .isEqualTo(
            "Both has more than one dataspace: @Dataspace and a DataspaceExtension, or two of"
                + " them. Leave out all but one.");
  }
}
