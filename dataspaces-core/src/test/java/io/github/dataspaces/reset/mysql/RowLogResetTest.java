package io.github.dataspaces.reset.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.Flavours;
import io.github.dataspaces.reset.FastReset;
import io.github.dataspaces.reset.FastReset.Outcome;
import io.github.dataspaces.runtime.Readiness;
import io.github.dataspaces.runtime.RunningDatabase;
import io.github.dataspaces.testkit.EachMySqlVersion;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.MySqlDump;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a reset a full dump equals the one from before, whatever a test has done. */
@Timeout(300)
class RowLogResetTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final List<String> CONTENTS =
      List.of(
          """
          create table orders (
            id int auto_increment primary key, customer varchar(80) not null unique, total decimal(10, 2) check (total >= 0),
            gross decimal(10, 2) generated always as (total * 1.19) stored, half decimal(10, 2) as (total / 2) virtual,
            attributes json, secret varbinary(64), note text, placed timestamp(3) default current_timestamp(3) on update current_timestamp(3),
            fulltext key words (note), key (half)) auto_increment = 1000
          """,
          """
          insert into orders (customer, total, attributes, secret, note, placed)
          with recursive n (i) as (select 1 union all select i + 1 from n where i < 300)
          select concat('customer ', i), i, json_object('n', i), unhex(sha2(i, 256)), concat('a note on whale ', i), '2026-01-01' from n
          """,
          "create table line (id int primary key, part_of int, foreign key (part_of) references orders (id) on delete cascade on update cascade)",
          "insert into line select id, id from orders",
          "create table part (k int, v varchar(20), primary key (k)) partition by range (k) (partition low values less than (1100), partition high values less than maxvalue)",
          "insert into part select id, 'part' from orders",
          "create table old_style (k int primary key auto_increment, v text) engine = MyISAM",
          "insert into old_style select id, note from orders",
          "create table in_memory (k int) engine = MEMORY",
          "create table packed (k int primary key, v text) row_format = compressed",
          "insert into packed select id, repeat(note, 20) from orders",
          "create table place (id int primary key, at geometry not null, spatial index (at))",
          "insert into place values (1, st_geomfromtext('point(1 2)'))",
          "create table keyless (v varchar(10), f float, d double, b bit(9), e enum('a', 'b'), s set('x', 'y'), y year, t time(2), dt datetime(6), da date)",
          "insert into keyless values ('a', 1.1, 2.2, b'101', 'b', 'x,y', 2026, '10:11:12.13', '2026-01-02 03:04:05.678901', '2026-02-03'), ('a', 0.1, null, null, null, '', null, null, null, null)",
          "create table empty_one (id bigint unsigned auto_increment primary key, v mediumblob)",
          "create view big as select id, total from orders where total > 200",
          "create procedure raise_all() update orders set total = total + 1",
          "create function note_it(n int) returns int deterministic modifies sql data begin insert into empty_one (v) values (n); return n; end",
          "create trigger touched before update on orders for each row set new.note = concat(new.note, '!')",
          "create trigger noted after delete on part for each row insert into empty_one (v) values (old.v)",
          "create event nightly on schedule every 1 day starts '2037-01-01' do delete from line",
          "create user reader identified by 'reading'",
          "grant select on dataspace.* to reader",
          "create database other character set latin1",
          "create table other.t (name varchar(10) collate latin1_bin, n int primary key)",
          "insert into other.t values ('ä', 1), (null, 2)");

  private static final List<String> ROWS =
      List.of(
          "insert into orders (customer, total) values ('another', 1)",
          "insert into orders (customer, total) values ('a fourth', 1), ('third', 2); delete from orders where customer = 'third'",
          "update orders set total = total * 2, attributes = json_object('x', 1.5) where id < 1100",
          "call raise_all()",
          "select note_it(5)",
          "delete from part where k < 1150",
          "update part set k = k + 5000 order by k desc",
          "replace into part values (1001, 'replaced'), (9001, 'new')",
          "insert into part values (1002, 'x') on duplicate key update v = 'updated'",
          "update packed set v = repeat('gone', 1000)",
          "update place set at = st_geomfromtext('linestring(0 0, 1 1)')",
          "insert into place values (2, st_geomfromtext('point(7 7)'))",
          "insert into keyless (v, f, d, b, dt) values ('z', 1.23456789, 9.87654321, b'1', now(6))",
          "update keyless set f = f + 1, s = 'y', t = '-1:00:00.5'",
          "insert into empty_one (v) values (repeat('x', 100000)), (null)",
          "update other.t set name = 'ö' where n = 1",
          "start transaction; insert into orders (customer, total) values ('gone', 1); delete from packed; rollback",
          "start transaction; insert into part values (1, 'a'); savepoint s; delete from part where k > 1200; rollback to savepoint s; commit",
          "insert ignore into orders (customer, total) values ('customer 1', 1)",
          "create temporary table passing as select 1 as one; insert into passing values (2); update part set v = 't' where k = 1001",
          "lock tables part write; insert into part values (2, 'locked')",
          "flush tables; insert into part values (3, 'flushed')",
          "analyze table part; insert into part values (5, 'analyzed')",
          "set session foreign_key_checks = 0; update line set part_of = 77 where id = 1001",
          "set session binlog_row_image = 'FULL'; delete from line where id = 1007",
          "delete from orders where id < 1020",
          "update orders set id = id + 5000 where id between 1100 and 1110",
          "set session sql_log_bin = 0; update line set part_of = null where id = 1200",
          "delete from keyless limit 1",
          "delete from keyless; insert into keyless (v) values ('other')",
          "set session binlog_row_image = 'MINIMAL'; update packed set v = 'less' where k = 1200",
          "xa start 'p'; insert into part values (6, 'xa'); xa end 'p'; xa prepare 'p'; xa commit 'p'",
          "xa start 'o'; insert into part values (7, 'xa'); xa end 'o'; xa commit 'o' one phase",
          "xa start 'r'; select * from place for update; xa end 'r'; xa prepare 'r'; xa rollback 'r'; insert into part values (8, 'x')",
          "insert into empty_one values (18446744073709551614, 'last')");

  private static final List<String> BEYOND =
      List.of(
          "create table another (i int)",
          "drop view big",
          "alter table orders add column extra int default 4, auto_increment = 5000",
          "alter table part truncate partition low",
          "truncate table packed",
          "rename table packed to unpacked",
          "create index i on line (id, part_of)",
          "drop procedure raise_all",
          "drop trigger touched",
          "drop event nightly",
          "create event later on schedule every 1 day starts '2037-01-01' do delete from line",
          "alter user reader identified by 'changed'",
          "create user intruder",
          "create role auditor",
          "grant all on *.* to reader",
          "delete from mysql.db where user = 'reader'",
          "drop database other",
          "create database another",
          "set global max_allowed_packet = 33554432",
          "insert into old_style (v) values ('x')",
          "delete from old_style where k < 1100",
          "insert into in_memory values (1)",
          "set session sql_log_bin = 0; update part set v = 'hidden' where k = 1200",
          "set session sql_log_bin = 0; create table hidden (i int)",
          "set session sql_log_bin = 0; create user hidden",
          "xa start 'w'; insert into part values (4, 'xa'); xa end 'w'; xa prepare 'w'; xa rollback 'w'",
          "xa start 'x'; insert into part values (4, 'xa'); xa end 'x'; xa prepare 'x'",
          "xa start 'y'; select * from place for update; xa end 'y'; xa prepare 'y'");

  private static Dataspace prepared(String flavour) {
    Dataspace dataspace = HOME.createForTests(flavour);
    Sql.on(dataspace).run(CONTENTS.toArray(String[]::new));
    return dataspace;
  }

  static FastReset fastReset(Dataspace dataspace) {
    var connection = dataspace.connection();
    Credentials owner =
        new Credentials(connection.database(), connection.username(), connection.password());
    return RowLogReset.of(
            new RunningDatabase(
                Flavours.load(RowLogResetTest.class.getClassLoader())
                    .named(dataspace.info().flavour()),
                new Address(connection.host(), connection.port(), owner)))
        .orElseThrow();
  }

  static void run(Dataspace dataspace, String write) {
    try (Connection connection = Sql.on(dataspace).connect();
        Statement statement = connection.createStatement()) {
      for (String sql : write.split("; (?!return|end)")) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(write, e);
    }
  }

  @EachMySqlVersion
  void takesBackEveryWriteOfRows(String flavour) {
    Dataspace dataspace = prepared(flavour);
    String before = MySqlDump.of(HOME, dataspace);
    try (FastReset reset = fastReset(dataspace)) {
      reset.mark("before");
      for (String write : ROWS) {
        run(dataspace, write);
        assertThat(reset.back("before"))
            .as(write + ": " + reset.obstacle())
            .isEqualTo(Outcome.RESET);
        assertThat(MySqlDump.of(HOME, dataspace)).as(write).isEqualTo(before);
      }
      ROWS.forEach(write -> run(dataspace, write));
      assertThat(reset.back("before")).as(reset.obstacle()).isEqualTo(Outcome.RESET);
      assertThat(MySqlDump.of(HOME, dataspace)).isEqualTo(before);
    }
  }

  @EachMySqlVersion
  void saysWhatOnlyFilesRestore(String flavour) {
    Dataspace dataspace = prepared(flavour);
    for (String write : BEYOND) {
      try (FastReset reset = fastReset(dataspace)) {
        reset.mark("before");
        run(dataspace, write);
        assertThat(reset.back("before")).as(write).isEqualTo(Outcome.BEYOND);
        assertThat(reset.obstacle()).as(write).isNotBlank().doesNotContain("hidden");
      }
    }
  }

  @EachMySqlVersion
  void doesNothingWhereNothingWasWritten(String flavour) {
    Dataspace dataspace = HOME.createForTestsWithItems(flavour);
    try (FastReset reset = fastReset(dataspace)) {
      reset.mark("before");
      for (String harmless :
          List.of(
              "select count(*) from item",
              "set session sort_buffer_size = 300000",
              "start transaction; select * from item; rollback",
              "select get_lock('mine', 1)",
              "show create table item",
              "explain select * from item",
              "do 1")) {
        run(dataspace, harmless);
        assertThat(reset.back("before")).as(harmless).isEqualTo(Outcome.UNTOUCHED);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mariadb:10.11", "mariadb:11.8"})
  @ExtendWith(EachRuntime.NeedsDocker.class)
  void givesTheSameValuesOfSequences(String flavour) {
    Dataspace dataspace = HOME.createForTests(flavour);
    Sql.on(dataspace)
        .run(
            "create sequence numbers increment by 50",
            "create sequence others nocache",
            "create table item (id int default nextval(others) primary key)",
            "create sequence circle maxvalue 2 nocache cycle",
            "do nextval(circle) + nextval(circle) + nextval(circle)");
    for (int i = 0; i < 3; i++) {
      try (FastReset reset = fastReset(dataspace)) {
        reset.mark("before");
        for (int j = 0; j < 3; j++) {
          assertThat(Sql.on(dataspace).query("select nextval(numbers)")).isEqualTo("1");
          Sql.on(dataspace).run("insert into item values (default), (default)");
          assertThat(Sql.on(dataspace).query("select max(id) from item")).isEqualTo("2");
          assertThat(reset.back("before")).as(reset::obstacle).isEqualTo(Outcome.RESET);
        }
      }
    }
    try (FastReset reset = fastReset(dataspace)) {
      reset.mark("before");
      run(dataspace, "do nextval(circle)");
      assertThat(reset.back("before")).as("how often it began again").isEqualTo(Outcome.BEYOND);
    }
  }

  @EachMySqlVersion
  void givesRowsTheSameNumbersInTablesThatNobodyHadUsed(String flavour) {
    Dataspace dataspace = HOME.createForTests(flavour);
    Sql.on(dataspace)
        .run(
            "create table used (id int auto_increment primary key)",
            "insert into used values (null), (null)",
            "delete from used",
            "create table counted (id int auto_increment primary key) auto_increment = 100",
            "create table never (id int auto_increment primary key)");
    Sql.on(dataspace)
        .run(
            "create table away (id int auto_increment primary key)",
            "alter table away discard tablespace");
    dataspace.stop();
    dataspace.start();
    Sql.on(dataspace).run("create table fresh (id int auto_increment primary key)");
    try (FastReset reset = fastReset(dataspace)) {
      reset.mark("before");
      for (int i = 0; i < 2; i++) {
        for (String table : List.of("used", "counted", "never", "fresh")) {
          Sql.on(dataspace).run("insert into %s values (null)".formatted(table));
        }
        assertThat(
                Sql.on(dataspace)
                    .query(
                        "select used.id, counted.id, never.id, fresh.id from used, counted, never, fresh"))
            .isEqualTo("3|100|1|1");
        assertThat(reset.back("before")).as(reset::obstacle).isEqualTo(Outcome.RESET);
      }
    }
  }

  @EachMySqlVersion
  void endsWhatATestHasLeftOpen(String flavour) throws SQLException {
    Dataspace dataspace = HOME.createForTestsWithItems(flavour);
    for (String open :
        List.of(
            "start transaction; delete from item",
            "start transaction; select * from item for update",
            "lock tables item write",
            "flush tables with read lock")) {
      try (FastReset reset = fastReset(dataspace);
          Connection leaked = Sql.on(dataspace).connect();
          Statement statement = leaked.createStatement()) {
        reset.mark("before");
        try (Connection holding = Sql.on(dataspace).connect();
            Statement holder = holding.createStatement()) {
          for (String sql : open.split("; ")) {
            holder.execute(sql);
          }
          assertThat(reset.back("before")).as(open).isEqualTo(Outcome.RESET);
          Sql.on(dataspace).run("update item set name = 'writable'");
          assertThat(reset.back("before")).isEqualTo(Outcome.RESET);
          assertThat(holding.isValid(1)).isFalse();
        }
        assertThat(Sql.on(dataspace).query("select count(*), min(name) from item"))
            .isEqualTo("100|item 1");
        assertThat(statement.isClosed()).isFalse();
      }
    }
  }

  @EachMySqlVersion
  void isNotHeldUpByWhatSessionsBeginWith(String flavour) {
    Dataspace dataspace = HOME.createForTestsWithItems(flavour);
    Sql.on(dataspace)
        .run(
            "set global wait_timeout = 1",
            "set global transaction read only",
            "set global sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,NO_UNSIGNED_SUBTRACTION'");
    try (FastReset reset = fastReset(dataspace)) {
      reset.mark("before");
      for (int i = 0; i < 2; i++) {
        run(dataspace, "set session transaction read write; delete from item");
        Readiness.sleep(1500);
        assertThat(reset.back("before")).as(reset::obstacle).isEqualTo(Outcome.RESET);
        assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
      }
    }
  }

  @EachMySqlVersion
  void putsBackWhatWasNotLoggedWhateverTheIsolation(String flavour) {
    for (String isolation : List.of("read committed", "read uncommitted", "serializable")) {
      Dataspace dataspace = HOME.createForTestsWithItems(flavour);
      Sql.on(dataspace).run("set global transaction isolation level " + isolation);
      try (FastReset reset = fastReset(dataspace)) {
        reset.mark("before");
        run(dataspace, "set session sql_log_bin = 0; update item set name = 'hidden'");
        assertThat(reset.back("before")).as(isolation).isEqualTo(Outcome.RESET);
        assertThat(Sql.on(dataspace).query("select count(*) from item where name like 'item%'"))
            .isEqualTo("100");
      }
    }
  }

  /** However soon after another look: servers tell of transactions what they knew a moment ago. */
  @EachMySqlVersion
  void endsATransactionOfASessionThatIsNotPooled(String flavour) throws SQLException {
    Dataspace dataspace = HOME.createForTestsWithItems(flavour);
    try (FastReset reset = fastReset(dataspace)) {
      reset.mark("before");
      for (int i = 0; i < 5; i++) {
        try (Connection other = Sql.on(dataspace).connect();
            Statement statement = other.createStatement()) {
          statement.execute("select * from item");
          assertThat(reset.back("before")).isEqualTo(Outcome.UNTOUCHED);
          statement.execute("start transaction");
          statement.execute("select * from item for update");
          assertThat(reset.back("before")).isEqualTo(Outcome.RESET);
          Sql.on(dataspace).run("update item set name = 'not locked'");
          assertThat(reset.back("before")).isEqualTo(Outcome.RESET);
        }
      }
    }
  }

  @EachMySqlVersion
  void leavesWhatAPooledSessionHasOpenToItsCleaning(String flavour) throws SQLException {
    Dataspace dataspace = HOME.createForTestsWithItems(flavour);
    try (FastReset reset = fastReset(dataspace)) {
      reset.mark("before");
      try (Connection pooled = reset.newConnection();
          Statement statement = pooled.createStatement()) {
        statement.execute("start transaction");
        statement.execute("select * from item for update");
        assertThat(reset.back("before")).isEqualTo(Outcome.UNTOUCHED);
        reset.cleanSession(pooled);
        Sql.on(dataspace).run("update item set name = 'not locked'");
        assertThat(pooled.isValid(1)).isTrue();
      }
    }
  }
}
