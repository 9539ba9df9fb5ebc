package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The same in a container. */
@RequiresDocker
class DockerTest {

  private static final Map<String, String> DOCKER = Map.of("dataspaces.runtime", "docker");

  @Dataspace(flavour = "postgres:17", seed = "classpath:customers.sql")
  @TestMethodOrder(MethodName.class)
  static class InAContainer {

    @BeforeAll
    static void all(DataSource database) {
      Sql.add(database, "ben");
    }

    @Test
    void a(DataSource database) {
      assertThat(Sql.text(database, "show server_version")).startsWith("17.");
      Sql.execute(database, "drop table customer");
    }

    @Test
    void b(DataSource database, DataspaceHandle handle) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      handle.snapshot("with-ben");
      Sql.add(database, "cleo");
      handle.rollbackTo("with-ben");
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
    }
  }

  @Test
  void testsAreRolledBack() {
    SampleRun.with(DOCKER, InAContainer.class).passes(2);
  }

  @Dataspace(flavour = "postgres:17", isolation = Isolation.METHOD)
  static class EachItsOwn {

    @Test
    void a(DataSource database) {
      Sql.execute(database, "create table customer (name text)");
    }

    @Test
    void b(DataSource database) {
      Sql.execute(database, "create table customer (name text)");
    }
  }

  @Test
  void eachTestCanHaveItsOwn() {
    SampleRun.with(DOCKER, EachItsOwn.class).passes(2);
  }

  @Dataspace(image = "dataspaces.invalid/no/such-image:1")
  static class MissingImage {
    @Test
    void test() {}
  }

  @Test
  void aMissingImageFailsTheClass() {
    assertThat(SampleRun.with(DOCKER, MissingImage.class).failure())
        .contains("dataspaces.invalid/no/such-image:1");
  }
}
