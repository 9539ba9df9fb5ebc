package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.EachMySqlVersion;
import io.github.dataspaces.testkit.MySqlDump;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 47 on MySQL and MariaDB: after a rollback a full dump equals the snapshot's. */
@Timeout(120)
class MySqlExactnessTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final List<String> CONTENTS =
      List.of(
          """
          create table orders (
            id int auto_increment primary key, customer varchar(80) not null unique, total decimal(10, 2) check (total >= 0),
            gross decimal(10, 2) generated always as (total * 1.19) stored, half decimal(10, 2) as (total / 2) virtual,
            attributes json, secret varbinary(64), note text, placed timestamp default current_timestamp on update current_timestamp,
            fulltext key words (note), key (half)) auto_increment = 1000
          """,
          """
          insert into orders (customer, total, attributes, secret, note, placed)
          with recursive n (i) as (select 1 union all select i + 1 from n where i < 900)
          select concat('customer ', i), i, json_object('n', i), unhex(sha2(i, 256)), concat('a note on whale ', i), '2026-01-01' from n
          """,
          "create table line (id int primary key, part_of int, foreign key (part_of) references orders (id) on delete cascade)",
          "insert into line select id, id from orders",
          "create table part (k int, v varchar(20), primary key (k)) partition by range (k) (partition low values less than (100), partition high values less than maxvalue)",
          "insert into part select id, 'part' from orders",
          "create table old_style (k int primary key, v text) engine = MyISAM",
          "insert into old_style select id, note from orders",
          "create table packed (k int primary key, v text) row_format = compressed",
          "insert into packed select id, repeat(note, 20) from orders",
          "create table place (id int primary key, at geometry not null, spatial index (at))",
          "insert into place values (1, st_geomfromtext('point(1 2)'))",
          "create view big as select id, total from orders where total > 500",
          "create procedure raise_all() update orders set total = total + 1",
          "create function twice(n int) returns int deterministic return 2 * n",
          "create trigger touched before update on orders for each row set new.note = concat(new.note, '!')",
          "create event nightly on schedule every 1 day starts '2037-01-01' do delete from line",
          "create user reader identified by 'reading' with max_user_connections 3",
          "create role auditor",
          "grant select on dataspace.* to auditor",
          "grant auditor to reader",
          "grant select (id, total) on dataspace.orders to reader",
          "create database other character set latin1",
          "create table other.t (name varchar(10) collate latin1_bin)",
          "insert into other.t values ('ä'), (null)");

  private static final List<String> DAMAGE =
      List.of(
          "insert into orders (customer, total) values ('another', 1)",
          "delete from orders where id % 3 = 0",
          "call raise_all()",
          "alter table orders add column extra int default 4, auto_increment = 5000",
          "alter table orders drop index words",
          "alter table part truncate partition low",
          "truncate table old_style",
          "update packed set v = 'gone'",
          "drop view big",
          "drop procedure raise_all",
          "drop trigger touched",
          "drop event nightly",
          "create event later on schedule every 1 day starts '2037-01-01' do delete from line",
          "drop role auditor",
          "alter user reader identified by 'changed'",
          "create user intruder",
          "grant all on *.* to intruder",
          "drop database other",
          "create database another",
          "create table another.big as select * from packed",
          "set global event_scheduler = off",
          "optimize table orders",
          "drop table line, place",
          "alter user dataspace identified by 'changed'");

  @EachMySqlVersion
  void afterARollbackNothingTellsWhatWasDone(String flavour) {
    Dataspace dataspace = filled(flavour);
    dataspace.snapshot("exact", false);
    String before = MySqlDump.of(HOME, dataspace);
    assertThat(before).contains("AUTO_INCREMENT=1900", "nightly", "touched", "raise_all");
    Sql.on(dataspace).run(DAMAGE.toArray(String[]::new));
    dataspace.rollback("exact");
    assertSame(MySqlDump.of(HOME, dataspace), before);
    assertThat(whales(dataspace)).isEqualTo("900");
    assertThat(Sql.on(dataspace).as("reader", "reading").answers()).isTrue();

    Sql.on(dataspace).run(DAMAGE.toArray(String[]::new));
    dataspace.stop();
    dataspace.rollback("exact");
    dataspace.start();
    assertSame(MySqlDump.of(HOME, dataspace), before);
  }

  @EachMySql
  void copiesHeirsAndUpdatedSnapshotsAreAsExact(String flavour) {
    Dataspace dataspace = HOME.create(flavour);
    dataspace.snapshot("exact", false);
    fill(dataspace);
    dataspace.snapshot("exact", true);
    String before = rows(dataspace);
    Dataspace copy = dataspace.copy(HOME.name());
    Dataspace heir =
        HOME.dataspaces()
            .create(
                HOME.spec(TestHome.runtimeOf(flavour))
                    .from(new SnapshotReference(dataspace.name(), "exact"))
                    .build());
    assertSame(rows(copy), before);
    assertSame(rows(heir), before);
    Sql.on(dataspace).run(DAMAGE.toArray(String[]::new));
    dataspace.rollback("exact");
    assertSame(rows(dataspace), before);
  }

  private static Dataspace filled(String flavour) {
    Dataspace dataspace = HOME.create(flavour);
    fill(dataspace);
    return dataspace;
  }

  private static void fill(Dataspace dataspace) {
    Sql.on(dataspace).run(CONTENTS.toArray(String[]::new));
  }

  private static String whales(Dataspace dataspace) {
    return Sql.on(dataspace)
        .query("select count(*) from orders where match (note) against ('whale')");
  }

  /** The dump without the accounts, because every dataspace has a password of its own. */
  private static String rows(Dataspace dataspace) {
    return MySqlDump.of(HOME, dataspace)
        .lines()
        .filter(line -> !line.contains("authentication_string") && !line.contains("`user`"))
        .collect(Collectors.joining("\n"));
  }

  /** A difference is told by its lines, not by two dumps. */
  private static void assertSame(String actual, String expected) {
    List<String> actualLines = actual.lines().toList();
    List<String> expectedLines = expected.lines().toList();
    int same = 0;
    while (same < actualLines.size()
        && same < expectedLines.size()
        && actualLines.get(same).equals(expectedLines.get(same))) {
      same++;
    }
    assertThat(from(same, actualLines)).isEqualTo(from(same, expectedLines));
  }

  private static List<String> from(int line, List<String> lines) {
    return lines.subList(line, Math.min(line + 5, lines.size()));
  }
}
