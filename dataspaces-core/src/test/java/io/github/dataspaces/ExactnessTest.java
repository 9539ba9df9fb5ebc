package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.LogicalDump;
import io.github.dataspaces.testkit.PgDump;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 47: after a rollback a full dump equals the snapshot's, byte for byte, whatever was done. */
@Timeout(180)
class ExactnessTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final List<String> CONTENTS =
      List.of(
          "create extension citext",
          "create extension hstore",
          "create extension pgcrypto",
          "create schema shop",
          "create sequence shop.counter increment 7 start 11",
          "select nextval('shop.counter'), nextval('shop.counter')",
          """
          create table shop.orders (
            id int generated always as identity primary key, customer citext not null unique,
            attributes hstore, secret bytea, total numeric(10, 2) check (total >= 0), placed timestamptz)
          """,
          """
          insert into shop.orders (customer, attributes, secret, total, placed)
          select 'customer ' || n, hstore('n', n::text), digest(n::text, 'sha256'), n, timestamptz '2026-01-01' + n * interval '1 hour'
          from generate_series(1, 2000) n
          """,
          "create index orders_by_day on shop.orders ((placed at time zone 'UTC')) where total > 10",
          "create unlogged table shop.cache (k int primary key, v text)",
          "insert into shop.cache select n, repeat('v', n) from generate_series(1, 500) n",
          "create materialized view shop.totals as select sum(total) from shop.orders",
          "create view shop.big as select * from shop.orders where total > 1000",
          "create type shop.mood as enum ('glad', 'sad')",
          "create function shop.twice(n int) returns int language sql as 'select 2 * n'",
          "create function shop.touch() returns trigger language plpgsql as 'begin new.placed := now(); return new; end'",
          "create trigger touched before update on shop.orders for each row execute function shop.touch()",
          "create table shop.parts (k int, v text) partition by range (k)",
          "create table shop.parts_low partition of shop.parts for values from (0) to (100)",
          "insert into shop.parts select n, 'part' from generate_series(0, 99) n",
          "comment on table shop.orders is 'it''s the orders'",
          "create role reader login password 'reading'",
          "create role writer in role reader connection limit 3",
          "grant usage on schema shop to reader",
          "grant select on shop.orders to reader with grant option",
          "alter default privileges in schema shop grant select on tables to reader",
          "alter role reader set statement_timeout = '5min'",
          "alter database dataspace set timezone = 'Asia/Kolkata'",
          "alter table shop.orders enable row level security",
          "create policy own on shop.orders for select to reader using (total < 500)",
          "alter system set work_mem = '8MB'",
          "select lo_from_bytea(4711, decode(repeat('ab', 10000), 'hex'))",
          "comment on large object 4711 is 'a picture'",
          "grant select on large object 4711 to reader",
          "create database other",
          "set allow_in_place_tablespaces = on",
          "create tablespace in_place location ''",
          "create table shop.placed_in (i int) tablespace in_place",
          "insert into shop.placed_in select generate_series(1, 100)");

  private static final List<String> DAMAGE =
      List.of(
          "delete from shop.orders where id % 3 = 0",
          "update shop.orders set total = total + 1",
          "truncate shop.cache",
          "alter table shop.orders drop column attributes cascade, add column extra jsonb default '{}'",
          "drop trigger touched on shop.orders",
          "drop function shop.twice",
          "drop materialized view shop.totals",
          "alter type shop.mood add value 'cross'",
          "select setval('shop.counter', 100000)",
          "alter sequence shop.counter increment 1",
          "drop extension pgcrypto",
          "create extension pg_trgm",
          "revoke all on shop.orders from reader",
          "drop policy own on shop.orders",
          "alter role reader rename to watcher",
          "alter role writer superuser",
          "create role intruder login",
          "alter system set work_mem = '16MB'",
          "alter system set default_statistics_target = 7",
          "alter database dataspace reset all",
          "select lo_unlink(4711)",
          "select lo_from_bytea(4712, 'new')",
          "drop table shop.parts_low",
          "drop table shop.placed_in",
          "drop tablespace in_place",
          "drop database other",
          "create database another",
          "vacuum full shop.orders",
          "reindex database dataspace",
          "create table later as select generate_series(1, 100000) i",
          "checkpoint",
          "alter role dataspace password 'changed'");

  @EachRuntime
  void afterARollbackNothingTellsWhatWasDone(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.create(runtime);
    Sql sql = fill(dataspace);
    dataspace.snapshot("exact", false);
    String before = LogicalDump.of(dataspace);
    String dumped = pgDump(dataspace);
    damage(sql);
    dataspace.rollback("exact");
    assertSame(LogicalDump.of(dataspace), before);
    assertSame(pgDump(dataspace), dumped);
    assertThat(sql.query("select count(*), sum(length(v)) from shop.cache"))
        .isEqualTo("500|125250");

    damage(sql.database("dataspace"));
    dataspace.stop();
    dataspace.rollback("exact");
    dataspace.start();
    assertSame(LogicalDump.of(dataspace), before);
  }

  @EachRuntime
  void aCopyAndANewOneFromASnapshotTellTheSame(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.create(runtime);
    fill(dataspace);
    dataspace.snapshot("exact", false);
    String before = LogicalDump.of(dataspace);
    Dataspace copy = dataspace.copy(HOME.name());
    Dataspace heir =
        HOME.dataspaces()
            .create(
                HOME.spec(runtime).from(new SnapshotReference(dataspace.name(), "exact")).build());
    assertSame(LogicalDump.of(copy), before);
    assertSame(LogicalDump.of(heir), before);
  }

  @EachRuntime
  void anUpdatedSnapshotIsAsExact(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.create(runtime);
    dataspace.snapshot("exact", false);
    Sql sql = fill(dataspace);
    dataspace.snapshot("exact", true);
    sql.run("update shop.orders set customer = customer || '!'", "vacuum shop.orders");
    dataspace.snapshot("exact", true);
    String before = LogicalDump.of(dataspace);
    damage(sql);
    dataspace.rollback("exact");
    assertSame(LogicalDump.of(dataspace), before);
  }

  private static Sql fill(Dataspace dataspace) {
    Sql sql = Sql.on(dataspace).run(CONTENTS.toArray(String[]::new));
    sql.database("other").run("create table elsewhere as select generate_series(1, 1000) i");
    return sql;
  }

  private static void damage(Sql sql) {
    sql.run(DAMAGE.toArray(String[]::new));
  }

  private static String pgDump(Dataspace dataspace) {
    return DockerEngine.answers() ? PgDump.of(dataspace) : "";
  }

  /** A difference is told by its lines, not by two dumps. */
  private static void assertSame(String actual, String expected) {
    Set<String> expectedLines = expected.lines().collect(Collectors.toSet());
    Set<String> actualLines = actual.lines().collect(Collectors.toSet());
    assertThat(actualLines.stream().filter(line -> !expectedLines.contains(line)).limit(10))
        .as("lines that were not there")
        .isEmpty();
    assertThat(expectedLines.stream().filter(line -> !actualLines.contains(line)).limit(10))
        .as("lines that are gone")
        .isEmpty();
    assertThat(actual.equals(expected)).as("the same in the same order").isTrue();
  }
}
