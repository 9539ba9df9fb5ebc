package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspaces;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What {@code dataspaces.keepOnFailure} keeps. */
class KeepOnFailureTest {

  private static final Map<String, String> KEEP = Map.of("dataspaces.keepOnFailure", "true");

  @AfterEach
  void destroyWhatWasKept() {
    try (Dataspaces dataspaces = Dataspaces.at(SampleRun.HOME).open()) {
      SampleRun.dataspaces().forEach(name -> dataspaces.get(name).destroy(true));
    }
  }

  private static List<String> customersIn(String name) {
    try (Dataspaces dataspaces = Dataspaces.at(SampleRun.HOME).open()) {
      io.github.dataspaces.Dataspace kept = dataspaces.get(name);
      assertThat(kept.info().state()).isEqualTo("stopped");
      kept.start();
      ConnectionInfo to = kept.connection();
      try (Connection connection =
          DriverManager.getConnection(to.jdbcUrl(), to.username(), to.password())) {
        return Sql.customers(connection);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Dataspace(seed = "classpath:customers.sql")
  @TestMethodOrder(MethodName.class)
  static class Failing {

    static String password = "";

    @Test
    void a(DataSource database, DataspaceHandle handle) {
      password = handle.password();
      Sql.add(database, "ben");
      throw new IllegalStateException("on purpose");
    }

    @Test
    void b(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada");
    }

    @Test
    void c(DataSource database) {
      Assumptions.abort("not a failure");
    }

    @AfterEach
    void cleanUp(DataSource database, Connection connection) {
      assertThat(Sql.customers(connection)).contains("ada");
      Sql.execute(database, "delete from customer");
    }
  }

  @Test
  void theDatabaseOfAFailedTestIsKeptAsItWasAndTheUserIsTold() {
    String log =
        SampleRun.log(
            () ->
                assertThat(SampleRun.with(KEEP, Failing.class).failure()).isEqualTo("on purpose"));
    assertThat(SampleRun.dataspaces()).hasSize(1);
    String name = SampleRun.dataspaces().get(0);
    assertThat(name).matches("failed-failing-a-[0-9a-f]{8}");
    assertThat(customersIn(name)).containsExactly("ada", "ben");
    assertThat(log)
        .contains("Failing.a() failed. Its database is kept, stopped, as dataspace '" + name)
        .contains("jdbc:postgresql://")
        .contains("mvn dataspaces:start dataspaces:env -Ddataspaces.name=" + name)
        .contains("\"-Ddataspaces.home=" + SampleRun.HOME + "\"")
        .doesNotContain(Failing.password);
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class FailingAfterEach {

    @Test
    void test(DataSource database) {
      Sql.add(database, "ben");
    }

    @AfterEach
    void fail() {
      throw new IllegalStateException("on purpose");
    }
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class FailingBeforeAll {

    @BeforeAll
    static void fail(DataSource database) {
      Sql.add(database, "ben");
      throw new IllegalStateException("on purpose");
    }

    @Test
    void test() {}
  }

  @Dataspace(seed = "classpath:customers.sql", isolation = Isolation.METHOD)
  static class FailingAlone {

    @Test
    void test(DataSource database) {
      Sql.add(database, "ben");
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void failuresAroundTheTestCountAsWell() {
    for (Class<?> failing :
        List.of(FailingAfterEach.class, FailingBeforeAll.class, FailingAlone.class)) {
      assertThat(SampleRun.with(KEEP, failing).failure()).isEqualTo("on purpose");
      assertThat(SampleRun.dataspaces()).hasSize(1);
      assertThat(customersIn(SampleRun.dataspaces().get(0))).containsExactly("ada", "ben");
      destroyWhatWasKept();
    }
  }

  @Test
  void withoutTheParameterNothingIsKept() {
    assertThat(SampleRun.of(Failing.class).failure()).isEqualTo("on purpose");
    assertThat(SampleRun.dataspaces()).isEmpty();
  }
}
