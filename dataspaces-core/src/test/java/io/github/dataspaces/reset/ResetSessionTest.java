package io.github.dataspaces.reset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.ResetSession;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.PostgreSql;
import io.github.dataspaces.reset.FastReset.Outcome;
import io.github.dataspaces.runtime.Readiness;
import io.github.dataspaces.runtime.RunningDatabase;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResetSessionTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  /** What every kind of write has something to change. */
  private static Dataspace prepared() {
    return prepared(HOME);
  }

  static Dataspace prepared(TestHome home) {
    Dataspace dataspace = home.createWithItems(RuntimeChoice.EMBEDDED);
    Sql.on(dataspace)
        .run(
            "create sequence cached cache 20",
            "create sequence plain",
            "create unlogged table fleeting (i int)",
            "create unlogged sequence quick",
            "insert into fleeting values (1)",
            "create view names as select name from item",
            "alter database dataspace set work_mem = '6MB'",
            "comment on database dataspace is 'as marked'",
            "grant connect on database dataspace to pg_monitor",
            "select nextval('plain'), nextval('cached'), nextval('quick')");
    return dataspace;
  }

  static FastReset fastReset(Dataspace dataspace) {
    var connection = dataspace.connection();
    Credentials owner =
        new Credentials(connection.database(), connection.username(), connection.password());
    return FastResets.of(
            new RunningDatabase(
                new PostgreSql(), new Address(connection.host(), connection.port(), owner)))
        .orElseThrow();
  }

  /**
   * What users see; the dump of all catalogues would tell the database's own identity, which a
   * clone has its own of.
   */
  static String state(Dataspace dataspace) {
    Sql sql = Sql.on(dataspace);
    return String.join(
        "\n",
        sql.query("select * from item order by id"),
        sql.query("select * from fleeting"),
        sql.query(
            "select last_value, is_called from plain union all select last_value, is_called from cached union all select last_value, is_called from quick"),
        sql.query(
            "select oid, relname, relkind, relnatts, relacl from pg_class where oid > 16383 and relkind <> 't' order by oid"),
        sql.query("select count(*) from pg_largeobject_metadata"),
        sql.query("select extname from pg_extension order by 1"),
        sql.query("select proname from pg_proc where oid > 16383 order by 1"),
        sql.query("select a.*, shobj_description(oid, 'pg_authid') from pg_authid a order by oid"),
        sql.query("select * from pg_auth_members order by oid"),
        sql.query(
            "select * from pg_shdepend where dbid = 0 and classid <> 'pg_database'::regclass order by 1, 2, 3, 4, 5, 6"),
        sql.query(
            "select d.datname, setrole, setconfig from pg_db_role_setting left join pg_database d on d.oid = setdatabase where not starts_with(coalesce(d.datname, ''), 'dataspaces_') order by 1, 2"),
        sql.query(
            "select datname, datdba, datacl, datconnlimit, shobj_description(oid, 'pg_database') from pg_database where not starts_with(datname, 'dataspaces_') order by 1"),
        sql.query("select slot_name from pg_replication_slots"),
        sql.query("select gid from pg_prepared_xacts"),
        sql.query("select md5(pg_read_file('postgresql.auto.conf'))"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into item values (1000, 'new')",
        "update item set name = 'changed' where id = 7",
        "delete from item where id < 50",
        "truncate item",
        "begin; delete from item; rollback",
        "create table another (i int)",
        "drop view names",
        "alter table item add column extra text default 'x'",
        "create index on item (name)",
        "create function one() returns int language sql as 'select 1'",
        "create extension citext",
        "create schema other",
        "grant select on item to public",
        "select nextval('plain')",
        "select nextval('cached')",
        "select nextval('quick')",
        "select setval('quick', 50, false)",
        "select setval('plain', 1, true)",
        "select lo_create(0)",
        "insert into fleeting values (2)",
        "truncate fleeting",
        "create temporary table passing as select 1",
        "copy item (id, name) from program 'echo 2000,copied' with (format csv)",
        "do $$ begin for i in 1..50 loop perform nextval('plain'); end loop; end $$"
      })
  void goesBackAfterAWriteToTheDatabase(String write) {
    Dataspace dataspace = prepared();
    try (FastReset reset = fastReset(dataspace)) {
      reset.mark("before");
      String before = state(dataspace);
      Sql.on(dataspace).run(write);
      assertThat(reset.back("before")).isEqualTo(Outcome.RESET);
      assertThat(state(dataspace)).isEqualTo(before);
      Sql.on(dataspace).run(write);
      assertThat(reset.back("before")).isEqualTo(Outcome.RESET);
      assertThat(state(dataspace)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create role another",
        "create role another; grant select on item to another; grant pg_monitor to another",
        "drop owned by reader; drop role reader",
        "alter role reader rename to other_reader",
        "alter role dataspace set work_mem = '9MB'",
        "alter role dataspace in database dataspace set work_mem = '9MB'",
        "alter role dataspace connection limit 40",
        "comment on role reader is 'another'",
        "alter database dataspace set work_mem = '7MB'",
        "alter database dataspace connection limit 50",
        "revoke connect on database dataspace from pg_monitor",
        "comment on database dataspace is 'another'",
        "alter system set work_mem = '8MB'",
        "create database another",
        "select pg_create_physical_replication_slot('slot')",
        "begin; insert into item values (3000, 'prepared'); prepare transaction 'open'"
      })
  void goesBackAfterAChangeOutsideOfTheDatabase(String write) {
    Dataspace dataspace = prepared();
    Sql.on(dataspace)
        .run(
            "alter system set max_prepared_transactions = 5",
            "create role reader password 'x'",
            "alter role reader in database dataspace set work_mem = '2MB'",
            "grant select on item to reader");
    dataspace.stop();
    dataspace.start();
    try (ResetSession session = dataspace.resets()) {
      session.take("before");
      String before = state(dataspace);
      Sql.on(dataspace).run(write.split("; (?!insert|prepare)"));
      assertThat(state(dataspace)).as("the test's own eyes").isNotEqualTo(before);
      session.to("before");
      assertThat(state(dataspace)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select count(*) from item",
        "set work_mem = '9MB'",
        "begin; select 1; rollback",
        "select last_value from plain",
        "select pg_advisory_lock(5)",
        "listen x"
      })
  void doesNothingWhereNothingWasWritten(String harmless) {
    Dataspace dataspace = prepared();
    try (FastReset reset = fastReset(dataspace)) {
      reset.mark("before");
      assertThat(IntStream.range(0, 20).mapToObj(i -> afterwards(dataspace, reset, harmless)))
          .contains(Outcome.UNTOUCHED);
    }
  }

  /**
   * While clones are being made, or the server keeps house, nobody can tell whether somebody
   * writes: then it is reset.
   */
  private static Outcome afterwards(Dataspace dataspace, FastReset reset, String harmless) {
    Readiness.sleep(100);
    Sql.on(dataspace).run(harmless);
    return reset.back("before");
  }

  @Test
  void endsWhatATestHasLeftOpen() throws SQLException {
    Dataspace dataspace = prepared();
    try (FastReset reset = fastReset(dataspace);
        Connection leaked = Sql.on(dataspace).connect();
        Statement statement = leaked.createStatement()) {
      reset.mark("before");
      try (Connection open = Sql.on(dataspace).connect();
          Statement writing = open.createStatement()) {
        open.setAutoCommit(false);
        writing.execute("delete from item");
        assertThat(reset.back("before")).isEqualTo(Outcome.RESET);
      }
      assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
      assertThat(leaked.isValid(1)).isFalse();
      assertThat(statement.isClosed()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void putsFilesBackAfterAWriteToADatabaseThatItDoesNotReset(boolean restarted) {
    Dataspace dataspace = prepared();
    try (ResetSession session = dataspace.resets()) {
      Sql maintenance = Sql.on(dataspace).database("postgres");
      assertThat(maintenance.query("select 1")).isEqualTo("1");
      Sql.on(dataspace).run("delete from item");
      session.toBeginning(); // a visit that wrote nothing is no obstacle
      maintenance.run("create table stray (i int)");
      if (restarted) {
        dataspace.stop();
        dataspace.start();
      }
      session.toBeginning();
      assertThat(maintenance.query("select to_regclass('stray') is null")).isEqualTo("t");
      assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
    }
  }

  @Test
  void putsFilesBackAfterSuchAWriteAlsoWhereRowsAreNotCounted() {
    Dataspace dataspace = prepared();
    Sql.on(dataspace).run("alter system set track_counts = off", "select pg_reload_conf()");
    try (ResetSession session = dataspace.resets()) {
      Sql maintenance = Sql.on(dataspace).database("postgres");
      session.take("uncounted");
      maintenance.run("create table stray (i int)");
      assertThatExceptionOfType(DataspaceException.class)
          .isThrownBy(() -> session.to("uncounted"))
          .withMessageContaining("a database was written that is not reset");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "statement_timeout = '1ms'",
        "idle_session_timeout = '300ms'",
        "search_path = nowhere",
        "default_transaction_read_only = on",
        "default_transaction_isolation = serializable",
        "standard_conforming_strings = off",
        "role = limited"
      })
  void isNotHeldUpByWhatTheOwnersSessionsBeginWith(String setting) {
    Dataspace dataspace = prepared();
    Sql.on(dataspace)
        .run(
            "create role limited",
            "create role boss superuser login password 'boss'",
            "alter role current_user set " + setting);
    Sql boss = Sql.on(dataspace).as("boss", "boss");
    try (FastReset reset = fastReset(dataspace)) {
      reset.mark("before");
      for (int i = 0; i < 2; i++) {
        boss.run("delete from item");
        Readiness.sleep(500);
        assertThat(reset.back("before")).isEqualTo(Outcome.RESET);
        assertThat(boss.query("select count(*) from item")).isEqualTo("100");
      }
    }
  }

  @Test
  void goesOnAfterTheServerWasStoppedAndStarted() {
    Dataspace dataspace = prepared();
    try (ResetSession session = dataspace.resets()) {
      session.take("one");
      session.take("same");
      Readiness.sleep(500); // a clone is ready, which outlasts the server's end
      dataspace.stop();
      dataspace.start();
      for (int i = 0; i < 3; i++) {
        Sql.on(dataspace).run("delete from item");
        session.to(i % 2 == 0 ? "one" : "same");
        assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
      }
    }
  }

  @Test
  void putsSeveralDatabasesBackTogether() {
    Dataspace dataspace = prepared();
    Sql.on(dataspace).run("create database second");
    Sql second = Sql.on(dataspace).database("second");
    second.run("create table item (id int)");
    try (FastReset reset = fastReset(dataspace)) {
      reset.mark("both");
      second.run("insert into item values (1)");
      Sql.on(dataspace).run("delete from item");
      assertThat(reset.back("both")).isEqualTo(Outcome.RESET);
      assertThat(second.query("select count(*) from item")).isEqualTo("0");
      assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
    }
  }

  @Test
  void leavesNothingOnTheServerOnceItIsTidied() {
    Dataspace dataspace = prepared();
    try (ResetSession session = dataspace.resets()) {
      session.take("before");
      Sql.on(dataspace).run("delete from item");
      session.to("before");
      session.tidy();
      assertThat(Sql.on(dataspace).query("select datname from pg_database order by 1"))
          .isEqualTo("dataspace\npostgres\ntemplate0\ntemplate1");
    }
  }
}
