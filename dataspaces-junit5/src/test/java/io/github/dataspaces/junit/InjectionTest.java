package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/** What parameters and fields are given. */
class InjectionTest {

  @Dataspace(seed = "classpath:customers.sql")
  static class Parameters {

    static final Set<String> NAMES = new HashSet<>();

    Parameters(DataSource database, Connection connection, DataspaceHandle handle) {
      use(database, connection, handle);
    }

    private static void use(DataSource database, Connection connection, DataspaceHandle handle) {
      assertThat(Sql.customers(database)).contains("ada");
      assertThat(Sql.customers(connection)).contains("ada");
      assertThat(handle.dataSource()).isSameAs(database);
      assertThat(handle.jdbcUrl())
          .isEqualTo("jdbc:postgresql://%s:%d/%s", handle.host(), handle.port(), handle.database());
      assertThat(handle.environment())
          .containsEntry("JDBC_URL", handle.jdbcUrl())
          .containsEntry("DB_USER", handle.username())
          .containsEntry("DB_PASSWORD", handle.password());
      assertThat(handle.toString()).contains(handle.jdbcUrl()).doesNotContain(handle.password());
      NAMES.add(handle.name());
    }

    @BeforeAll
    static void all(DataSource database, Connection connection, DataspaceHandle handle) {
      use(database, connection, handle);
    }

    @BeforeEach
    void each(DataSource database, Connection connection, DataspaceHandle handle) {
      use(database, connection, handle);
    }

    @Test
    void test(DataSource database, Connection connection, DataspaceHandle handle) {
      use(database, connection, handle);
    }

    @AfterEach
    void eachEnd(DataSource database, Connection connection, DataspaceHandle handle) {
      use(database, connection, handle);
    }

    @AfterAll
    static void allEnd(DataSource database, Connection connection, DataspaceHandle handle) {
      use(database, connection, handle);
    }
  }

  @Test
  @Tag("every-junit")
  void everyMethodCanHaveEverything() {
    SampleRun.of(Parameters.class).passes(1);
    assertThat(Parameters.NAMES).hasSize(1);
  }

  static class Base {
    static @Nullable DataspaceHandle inheritedStatic;
    protected @Nullable DataSource inherited;
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface OfAnotherFramework {}

  @Dataspace(seed = "classpath:customers.sql")
  @TestMethodOrder(MethodName.class)
  static class Fields extends Base {

    static @Nullable DataSource database;
    static @Nullable Connection unset;
    static final List<Connection> CONNECTIONS = new ArrayList<>();

    private @Nullable DataspaceHandle handle;
    private @Nullable Connection connection;
    private @OfAnotherFramework @Nullable DataSource annotated;
    private final @Nullable DataSource constant = null;
    private DataSource initialised = new HandMade();

    @BeforeAll
    static void all() {
      assertThat(Sql.customers(database)).containsExactly("ada");
      assertThat(inheritedStatic.dataSource()).isSameAs(database);
      assertThat(unset).isNull();
    }

    @BeforeEach
    void each() {
      assertThat(inherited).isSameAs(database);
      assertThat(handle.dataSource()).isSameAs(database);
      Sql.execute(connection, "insert into customer values ('ben')");
    }

    @RepeatedTest(2)
    void test(Connection parameter) throws SQLException {
      assertThat(parameter).isSameAs(connection);
      assertThat(Sql.customers(connection)).containsExactly("ada", "ben");
      assertThat(annotated).isNull();
      assertThat(constant).isNull();
      assertThat(initialised).isInstanceOf(HandMade.class);
      CONNECTIONS.add(connection);
      connection.setAutoCommit(false);
      Sql.add(connection, "uncommitted");
    }
  }

  @Test
  @Tag("every-junit")
  void fieldsAreSetAndConnectionsClosedAfterTheTest() throws SQLException {
    String log = SampleRun.log(() -> SampleRun.of(Fields.class).passes(2));
    assertThat(log).doesNotContain("left a connection");
    assertThat(Fields.CONNECTIONS).hasSize(2).doesNotHaveDuplicates();
    for (Connection connection : Fields.CONNECTIONS) {
      assertThat(connection.isClosed()).isTrue();
    }
    assertThat(Fields.database).isNull();
    assertThat(Base.inheritedStatic).isNull();
  }

  @Dataspace(seed = "classpath:customers.sql")
  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClass {

    private final DataSource ofConstructor;
    private @Nullable DataSource database;
    private @Nullable Connection connection;

    PerClass(DataSource ofConstructor) {
      this.ofConstructor = ofConstructor;
    }

    @BeforeAll
    void all() {
      assertThat(database).isSameAs(ofConstructor);
      Sql.add(database, "ben");
    }

    @RepeatedTest(2)
    void test() {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      assertThat(Sql.customers(connection)).containsExactly("ada", "ben");
      Sql.add(connection, "cleo");
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class Inner {

      private @Nullable DataSource own;

      @BeforeAll
      void all() {
        Sql.add(own, "inner");
      }

      @RepeatedTest(2)
      void test() {
        assertThat(Sql.customers(database)).containsExactly("ada", "ben", "inner");
        assertThat(Sql.customers(connection)).containsExactly("ada", "ben", "inner");
        Sql.add(own, "cleo");
      }
    }
  }

  @Test
  @Tag("every-junit")
  void oneInstanceForAllTestsOfAClassWorksToo() {
    SampleRun.of(PerClass.class).passes(4);
  }

  static class NoDataspace {
    @Test
    void test(DataSource database) {}
  }

  @Test
  void aDataSourceIsClaimedOnlyWhereADataspaceIsInScope() {
    assertThat(SampleRun.of(NoDataspace.class).failure()).contains("No ParameterResolver");
  }

  @Dataspace
  static class AnnotatedParameter {
    @Test
    void test(@OfAnotherFramework DataSource database) {}
  }

  @Test
  void anAnnotatedParameterIsLeftToOthers() {
    assertThat(SampleRun.of(AnnotatedParameter.class).failure()).contains("No ParameterResolver");
  }
}
