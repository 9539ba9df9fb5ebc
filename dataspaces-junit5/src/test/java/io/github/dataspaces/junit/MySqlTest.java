package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MySQL and MariaDB in tests. */
class MySqlTest {

  private static final Map<String, String> NATIVE = Map.of("dataspaces.flavour", "mariadb");

  private static Map<String, String> inDocker(String flavour) {
    return Map.of("dataspaces.runtime", "docker", "dataspaces.flavour", flavour);
  }

  @Dataspace(seed = "classpath:customers.sql")
  @TestMethodOrder(MethodName.class)
  static class Customers {

    @BeforeAll
    static void all(DataSource database) {
      Sql.add(database, "ben");
    }

    @Test
    void a(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      Sql.execute(database, "drop table customer");
    }

    @Test
    void b(Connection connection) {
      assertThat(Sql.customers(connection)).containsExactly("ada", "ben");
      Sql.add(connection, "cleo");
    }

    @Test
    void c(DataSource database, DataspaceHandle handle) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      handle.snapshot("two");
      Sql.add(database, "dora");
      handle.rollbackTo("two");
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
    }
  }

  /** Each test finds the seed alone, whoever else writes the same at that time. */
  abstract static class Writers {

    @RepeatedTest(2)
    void adds(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada");
      Sql.add(database, "ben");
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
    }

    @RepeatedTest(2)
    void deletes(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada");
      Sql.execute(database, "delete from customer");
      assertThat(Sql.customers(database)).isEmpty();
    }
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class OneOfAClass extends Writers {}

  @Dataspace(seed = "classpath:customers.sql")
  static class AnotherOfAClass extends Writers {}

  @Dataspace(seed = "classpath:customers.sql", isolation = Isolation.METHOD)
  static class OneOfEachMethod extends Writers {}

  @Dataspace(seed = "classpath:customers.sql", isolation = Isolation.METHOD)
  static class AnotherOfEachMethod extends Writers {}

  @ParameterizedTest
  @ValueSource(strings = {"mysql:9.7", "mariadb:11.8"})
  @RequiresDocker
  @Timeout(300)
  void classesAndMethodsThatWriteTheSameAtOnceDoNotSeeEachOther(String flavour) {
    passAtOnce(inDocker(flavour));
  }

  @Test
  @Timeout(300)
  void norDoTheyOnNativeMariaDb() {
    passAtOnce(NATIVE);
  }

  private static void passAtOnce(Map<String, String> parameters) {
    Map<String, String> parallel = new HashMap<>(parameters);
    parallel.put("junit.jupiter.execution.parallel.enabled", "true");
    parallel.put("junit.jupiter.execution.parallel.mode.default", "concurrent");
    parallel.put("junit.jupiter.execution.parallel.config.strategy", "fixed");
    parallel.put("junit.jupiter.execution.parallel.config.fixed.parallelism", "8");
    SampleRun.with(
            parallel,
            OneOfAClass.class,
            AnotherOfAClass.class,
            OneOfEachMethod.class,
            AnotherOfEachMethod.class)
        .passes(16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql:8.0", "mysql:8.4", "mysql:9.7", "mariadb:11.8"})
  @RequiresDocker
  void testsAreRolledBack(String flavour) {
    SampleRun.with(inDocker(flavour), Customers.class).passes(3);
  }

  @Test
  void testsOnNativeMariaDbAreRolledBack() {
    SampleRun.with(NATIVE, Customers.class).passes(3);
  }
}
