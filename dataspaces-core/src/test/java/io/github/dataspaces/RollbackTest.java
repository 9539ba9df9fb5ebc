package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Logs;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 13: rolling back. How exact it is, {@link ExactnessTest} shows. */
class RollbackTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void laterChangesAreGoneAndTheAddressStays(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    ConnectionInfo before = dataspace.connection();
    Sql sql = Sql.on(before);
    sql.run("create sequence counter", "select nextval('counter')", "create role reader");
    dataspace.snapshot("base", false);
    for (int round = 0; round < 2; round++) {
      sql.run(
          "insert into item values (1000, 'later')",
          "alter table item add column extra int",
          "drop sequence counter",
          "drop role reader",
          "create role intruder superuser login",
          "create table later (i int)");
      String log = Logs.of(() -> dataspace.rollback("base"));
      assertThat(log).contains("Rolled '" + dataspace.name() + "' back to");
      assertThat(dataspace.connection()).isEqualTo(before);
      assertThat(sql.query("select count(*), to_regclass('later') from item"))
          .isEqualTo("100|null");
      assertThat(sql.query("select last_value from counter")).isEqualTo("1");
      assertThat(sql.rows("select rolname from pg_roles where rolname in ('reader', 'intruder')"))
          .containsExactly("reader");
    }
    assertThat(dataspace.snapshots()).hasSize(1);
  }

  @EachRuntime
  void endsOpenSessionsAndTransactions(RuntimeChoice runtime) throws Exception {
    Dataspace dataspace = HOME.createWithItems(runtime);
    dataspace.snapshot("base", false);
    try (var connection = Sql.on(dataspace).connect()) {
      connection.setAutoCommit(false);
      connection.createStatement().execute("lock table item in access exclusive mode");
      dataspace.rollback("base");
      assertThat(connection.isValid(5)).isFalse();
    }
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
  }

  @EachRuntime
  void goesBackAndForthBetweenSnapshots(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    dataspace.snapshot("full", false);
    Sql.on(dataspace).run("delete from item");
    dataspace.snapshot("empty", false);
    for (String to : new String[] {"full", "empty", "full"}) {
      dataspace.rollback(to);
      assertThat(Sql.on(dataspace).query("select count(*) from item"))
          .isEqualTo(to.equals("full") ? "100" : "0");
    }
    dataspace.snapshot("again", false);
    assertThat(dataspace.snapshots().get(2).parent()).contains(dataspace.name() + "/full");
  }

  @EachRuntime
  void aStoppedOneStaysStopped(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    dataspace.snapshot("base", false);
    Sql.on(dataspace).run("drop table item");
    dataspace.stop();
    dataspace.rollback("base");
    assertThat(dataspace.info().state()).isEqualTo("stopped");
    dataspace.start();
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
  }

  @EachRuntime
  void repairsAServerThatCannotBeUsedAnyMore(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    dataspace.snapshot("base", false);
    Sql sql = Sql.on(dataspace);
    sql.run(
        "alter system set shared_preload_libraries = 'no_such_library'",
        "alter role dataspace password 'forgotten'");
    dataspace.rollback("base");
    assertThat(sql.query("select count(*) from item")).isEqualTo("100");

    sql.database("postgres").run("alter database dataspace with allow_connections false");
    dataspace.rollback("base");
    assertThat(sql.query("select count(*) from item")).isEqualTo("100");
  }

  /** Row 13 says same credentials: also where the snapshot is an earlier namesake's. */
  @Test
  void keepsItsPasswordWhenItTakesOverAnOlderSnapshot() {
    DataspaceSpec first = HOME.spec(RuntimeChoice.EMBEDDED).password("first-password").build();
    HOME.dataspaces().create(first).snapshot("base", false);
    HOME.dataspaces().get(first.name()).destroy(false);
    Dataspace second =
        HOME.dataspaces()
            .create(
                DataspaceSpec.named(first.name())
                    .runtime(RuntimeChoice.EMBEDDED)
                    .password("second-password")
                    .build());
    ConnectionInfo before = second.connection();
    second.rollback("base");
    assertThat(second.connection()).isEqualTo(before);
    assertThat(Sql.on(before).answers()).isTrue();
  }

  @Test
  void goesOverToAnotherDataspacesSnapshot() {
    Dataspace origin = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    origin.snapshot("base", false);
    Dataspace dataspace = HOME.create(RuntimeChoice.EMBEDDED);
    int port = dataspace.connection().port();
    dataspace.rollback(new SnapshotReference(origin.name(), "base"));
    assertThat(dataspace.connection().port()).isEqualTo(port);
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
    Sql.on(dataspace).run("drop table item");
    assertThat(Sql.on(origin).query("select count(*) from item")).isEqualTo("100");
  }

  @Test
  void aMissingSnapshotLeavesTheDataspaceAlone() {
    Dataspace dataspace = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> dataspace.rollback("nothing"))
        .withMessageContaining("has no snapshot 'nothing'")
        .withMessageContaining("It has none.");
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
  }
}
