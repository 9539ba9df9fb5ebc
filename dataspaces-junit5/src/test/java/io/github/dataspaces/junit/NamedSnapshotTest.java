package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dataspaces.config.DataspaceException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Snapshots that tests name, take and begin with. */
class NamedSnapshotTest {

  @RollbackTo("with-ben")
  @Retention(RetentionPolicy.RUNTIME)
  @interface WithBen {}

  @Dataspace(seed = "classpath:customers.sql")
  @TestMethodOrder(MethodName.class)
  static class NamedSnapshots {

    @BeforeAll
    static void snapshot(DataSource database, DataspaceHandle handle) {
      Sql.add(database, "ben");
      handle.snapshot("with-ben");
      Sql.add(database, "cleo");
    }

    @Test
    @RollbackTo("with-ben")
    void a(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
    }

    @Test
    void b(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben", "cleo");
    }

    @Test
    @WithBen
    void c(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
    }

    @Nested
    class Inner {
      @Test
      @RollbackTo("with-ben")
      void d(DataSource database) {
        assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      }
    }
  }

  @Test
  void aTestCanBeginWithANamedSnapshot() {
    SampleRun.of(NamedSnapshots.class).passes(4);
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class UnknownSnapshot {

    @BeforeAll
    static void snapshot(DataspaceHandle handle) {
      handle.snapshot("with-ben");
    }

    @Test
    @RollbackTo("with-bens")
    void neverRuns() {}
  }

  @Test
  void anUnknownSnapshotFailsTheTestAndListsThoseThereAre() {
    assertThat(SampleRun.of(UnknownSnapshot.class).failure())
        .isEqualTo(
            "There is no snapshot 'with-bens' for these tests. There are: with-ben. Take it in"
                + " @BeforeAll with DataspaceHandle.snapshot(\"with-bens\"), or name another"
                + " dataspace's as <dataspace>/with-bens.");
  }

  @Dataspace(seed = "classpath:customers.sql")
  @TestMethodOrder(MethodName.class)
  static class Snapshotting {

    @Test
    void a(DataspaceHandle handle, DataSource database) {
      Sql.add(database, "ben");
      handle.snapshot("with-ben");
      Sql.add(database, "cleo");
      handle.rollbackTo("with-ben");
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      assertThatThrownBy(() -> handle.snapshot("with-ben"))
          .isInstanceOf(DataspaceException.class)
          .hasMessageContaining("with-ben");
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
    }

    @Test
    void b(DataspaceHandle handle, DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada");
      assertThatThrownBy(() -> handle.rollbackTo("with-ben"))
          .isInstanceOf(DataspaceException.class)
          .hasMessageContaining("There is no snapshot 'with-ben'");
      handle.snapshot("with-ben");
    }
  }

  @Test
  void snapshotsTakenInATestAreTheTestsOwn() {
    SampleRun.of(Snapshotting.class).passes(2);
  }

  @Dataspace(snapshot = "donor/with-ben")
  static class FromSnapshot {

    @BeforeAll
    static void lost(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      Sql.add(database, "cleo");
    }

    @RepeatedTest(2)
    void seesTheSnapshot(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      Sql.add(database, "dora");
    }
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class RolledOver {

    @Test
    @RollbackTo("donor/with-ben")
    void seesTheSnapshot(DataSource database, DataspaceHandle handle) {
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
      assertThat(handle.password()).isNotEmpty();
    }

    @Test
    void doesNot(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ada");
    }
  }

  @Test
  void anotherDataspacesSnapshotCanBeTheBeginning() {
    Donor.during(
        "donor",
        () -> {
          SampleRun.of(FromSnapshot.class).passes(2);
          SampleRun.of(RolledOver.class).passes(2);
        });
  }

  @Dataspace(snapshot = "with-ben")
  @TestMethodOrder(MethodName.class)
  static class OwnSnapshot {

    @BeforeAll
    static void snapshot(DataspaceHandle handle, DataSource database) {
      Sql.execute(database, "create table customer (name text)");
      Sql.add(database, "ben");
      handle.snapshot("with-ben");
      Sql.add(database, "cleo");
    }

    @RepeatedTest(2)
    void seesTheSnapshot(DataSource database) {
      assertThat(Sql.customers(database)).containsExactly("ben");
      Sql.add(database, "dora");
    }
  }

  @Test
  void aSnapshotOfBeforeAllCanBeTheBaseline() {
    SampleRun.of(OwnSnapshot.class).passes(2);
  }
}
