package io.github.dataspaces.reset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.reset.FastReset.Outcome;
import io.github.dataspaces.testkit.Eventually;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever a test does with roles, databases and settings, in whatever order: it is put back, or it
 * is said that it is not.
 */
@Timeout(300)
class ClusterResetTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final Logger LOG = LoggerFactory.getLogger(ClusterResetTest.class);

  /** Each on a server of its own; {@code -Dtest.fuzz.schemas} for a longer search. */
  private static final int SERVERS = Integer.getInteger("test.fuzz.schemas", 5);

  private static final long SEED = Long.getLong("test.fuzz.seed", 1);
  private static final int RESETS = 10;
  private static final int MOST_STATEMENTS = 8;

  private static final String[] BEFORE = {
    "create role r0",
    "create role r1 login password 'one'",
    "grant r0 to r1",
    "grant select on item to r0",
    "comment on role r0 is 'zero'",
    "alter role r1 set work_mem = '3MB'",
    "create database d0 owner r1",
    "comment on database d0 is 'd zero'",
    "grant connect on database d0 to r0",
    "alter default privileges grant select on tables to r0",
    "alter role r1 in database d0 set work_mem = '4MB'",
    "create function ev() returns event_trigger language plpgsql as 'begin end'",
    "select lo_create(1)"
  };

  /** {@code $r} is any of four roles, {@code $d} any of two databases. */
  private static final List<String> ROLES =
      List.of(
          "create role $r",
          "create role $r login password 'x' createdb connection limit 4 valid until '2030-01-01'",
          "create user $r in role $r",
          "create role $r admin $r",
          "drop role $r",
          "drop owned by $r",
          "drop owned by $r cascade",
          "reassign owned by $r to $r",
          "alter role $r rename to $r",
          "alter role $r set work_mem = '9MB'",
          "alter role $r reset all",
          "alter role all set work_mem = '5MB'",
          "alter role $r superuser",
          "alter role $r createrole noinherit",
          "alter role $r password 'y'",
          "alter role $r password null",
          "grant $r to $r",
          "grant $r to $r with admin option",
          "revoke $r from $r",
          "revoke $r from $r cascade",
          "grant $r to $r granted by dataspace",
          "set role $r",
          "reset role",
          "set session authorization $r",
          "reset session authorization",
          "comment on role $r is 'c'",
          "comment on role $r is null",
          "alter role dataspace set work_mem='11MB'",
          "alter role dataspace connection limit 77",
          "comment on role dataspace is 'o'");

  private static final List<String> DATABASES =
      List.of(
          "alter role $r in database $d set search_path = 'a, b', public",
          "comment on database $d is 'about $r'",
          "comment on database dataspace is null",
          "alter database $d set work_mem = '7MB'",
          "alter database dataspace reset work_mem",
          "alter database dataspace connection limit 50",
          "alter database $d owner to $r",
          "grant create on database $d to $r",
          "revoke connect on database $d from public",
          "revoke all on database dataspace from pg_monitor",
          "grant temporary on database dataspace to $r with grant option",
          "alter database $d rename to $d",
          "drop database $d",
          "create database $d",
          "create database $d owner $r",
          "create database $d template template0 encoding 'LATIN1' locale 'C'",
          "alter database $d is_template true",
          "alter database $d allow_connections false",
          "alter role dataspace in database dataspace set work_mem='12MB'");

  private static final List<String> SERVER =
      List.of(
          "alter system set work_mem = '8MB'",
          "alter system reset all",
          "alter system set log_min_duration_statement = 5",
          // the server is told at once, and does it a moment later
          "select pg_reload_conf(), pg_sleep(0.2)",
          "grant set on parameter work_mem to $r",
          "grant alter system on parameter log_statement to $r",
          "revoke all on parameter work_mem from $r",
          "checkpoint",
          "select pg_create_physical_replication_slot('slot')",
          "select pg_drop_replication_slot('slot')",
          "select pg_stat_reset()",
          "reindex system dataspace",
          "vacuum full pg_authid",
          "create subscription sub connection 'dbname=x' publication p with (connect=false)",
          "drop subscription sub",
          "alter subscription sub owner to $r");

  private static final List<String> CONTENTS =
      List.of(
          "grant pg_monitor to $r",
          "grant pg_read_all_data to $r with admin option",
          "create schema s authorization $r",
          "drop schema s cascade",
          "create table s.t (i int)",
          "create table t_$r (i serial)",
          "alter table item owner to $r",
          "alter table item owner to dataspace",
          "grant select on item to $r",
          "grant all on all tables in schema public to $r",
          "alter default privileges for role $r grant select on tables to $r",
          "alter default privileges grant all on sequences to $r",
          "grant usage on language plpgsql to $r",
          "create extension if not exists citext",
          "drop extension if exists citext",
          "create function f() returns int language sql security definer as 'select 1'",
          "alter function f() owner to $r",
          "insert into item values ((random()*1e9)::int, 'x')",
          "delete from item where id < 50",
          "truncate item",
          "select nextval('plain')",
          "select nextval('cached')",
          "select lo_create(0)",
          "alter large object 1 owner to $r",
          "begin",
          "commit",
          "rollback",
          "savepoint a",
          "rollback to a",
          "analyze",
          "vacuum item",
          "create publication p for all tables",
          "drop publication p",
          "alter publication p owner to $r",
          "create event trigger e on ddl_command_end execute function ev()",
          "create foreign data wrapper w",
          "create server sv foreign data wrapper w",
          "create user mapping for $r server sv",
          "alter server sv owner to $r",
          "create collation c from \"C\"",
          "create unlogged table u (i int)",
          "insert into fleeting values (3)",
          "create type ty as enum ('a')",
          "create materialized view mv as select * from item",
          "notify x",
          "listen x",
          "select pg_advisory_lock(1)",
          "create temporary table tmp (i int)",
          "cluster item using item_pkey",
          "reindex table item",
          "vacuum full item");

  private static final List<String> STATEMENTS =
      Stream.of(ROLES, DATABASES, SERVER, CONTENTS).flatMap(List::stream).toList();

  /** Beside what is looked at in {@link ResetSessionTest#state}. */
  private static final List<String> ALL_ELSE =
      List.of(
          "select * from pg_parameter_acl order by oid",
          "select * from pg_default_acl order by oid",
          "select oid, nspname, nspowner, nspacl from pg_namespace where nspname not like 'pg_%'",
          "select subname, subowner from pg_subscription",
          "select datname, datistemplate, datallowconn, encoding, datcollate from pg_database where not starts_with(datname, 'dataspaces_')",
          "select * from pg_db_role_setting where setdatabase = 0",
          "select classid, objid, refclassid, refobjid, deptype from pg_shdepend where dbid = (select oid from pg_database where datname = current_database())",
          "select datname, refobjid, deptype from pg_shdepend left join pg_database d on d.oid = objid where dbid = 0 and classid = 'pg_database'::regclass",
          "select name, setting from pg_settings where source <> 'default' and name <> 'application_name'");

  private static Dataspace prepared() {
    Dataspace dataspace = ResetSessionTest.prepared(HOME);
    Sql.on(dataspace).run(BEFORE);
    return dataspace;
  }

  @Test
  void putsBackWhateverIsDone() throws SQLException {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (long seed = SEED; seed < SEED + SERVERS; seed++) {
      check(seed, outcomes);
    }
    assertThat(outcomes.getOrDefault("RESET", 0)).as(outcomes.toString()).isGreaterThan(SERVERS);
    LOG.info("{}", outcomes);
  }

  private static void check(long seed, Map<String, Integer> outcomes) throws SQLException {
    Random random = new Random(seed);
    Dataspace dataspace = prepared();
    try (FastReset reset = ResetSessionTest.fastReset(dataspace)) {
      reset.mark("before");
      List<String> before = state(dataspace);
      Outcome outcome = Outcome.RESET;
      for (int i = 0; i < RESETS && outcome != Outcome.BEYOND; i++) {
        List<String> done = run(dataspace, random);
        outcome = reset.back("before");
        if (outcome == Outcome.BEYOND) {
          outcomes.merge(reset.obstacle(), 1, Integer::sum);
        } else {
          outcomes.merge(outcome.toString(), 1, Integer::sum);
          assertThat(state(dataspace))
              .as("%s of seed %d after %s", outcome, seed, String.join(";\n", done))
              .isEqualTo(before);
        }
      }
    }
    dataspace.destroy(true);
  }

  /** Runs statements in two sessions, which may be left in a transaction. */
  private static List<String> run(Dataspace dataspace, Random random) throws SQLException {
    List<String> done = new ArrayList<>();
    try (Connection one = Sql.on(dataspace).connect();
        Connection other = Sql.on(dataspace).connect()) {
      for (int i = random.nextInt(MOST_STATEMENTS); i >= 0; i--) {
        String sql = any(random);
        try (Statement statement = (random.nextInt(3) == 0 ? other : one).createStatement()) {
          statement.execute("set lock_timeout = '300ms'");
          statement.execute(sql);
          done.add(sql);
        } catch (SQLException e) {
          done.add("-- " + e.getMessage() + ": " + sql);
        }
      }
    }
    return done;
  }

  private static String any(Random random) {
    String sql = STATEMENTS.get(random.nextInt(STATEMENTS.size()));
    sql = Pattern.compile("[$]r").matcher(sql).replaceAll(found -> "r" + random.nextInt(4));
    return Pattern.compile("[$]d").matcher(sql).replaceAll(found -> "d" + random.nextInt(2));
  }

  private static List<String> state(Dataspace dataspace) {
    Sql sql = Sql.on(dataspace);
    return Stream.concat(
            ResetSessionTest.state(dataspace).lines(),
            ALL_ELSE.stream().flatMap(query -> sql.rows(query).stream().sorted()))
        .collect(Collectors.toList());
  }

  @Test
  void readsAgainWhatATestHasTakenBackForTheNextReadingOnly() {
    Dataspace dataspace = ResetSessionTest.prepared(HOME);
    Sql sql = Sql.on(dataspace);
    String minimum = "select setting from pg_settings where name = 'log_min_duration_statement'";
    try (FastReset reset = ResetSessionTest.fastReset(dataspace)) {
      reset.mark("before");
      String before = sql.query(minimum);
      sql.run("alter system set log_min_duration_statement = 7", "select pg_reload_conf()");
      Eventually.holds("the server reads its settings", () -> sql.query(minimum).equals("7"));
      sql.run("alter system reset log_min_duration_statement");
      assertThat(reset.back("before")).isEqualTo(Outcome.RESET);
      assertThat(sql.query(minimum)).isEqualTo(before);
    }
  }

  @Test
  void doesNotLetARoleBeDroppedThatCouldNotBeBefore() {
    Dataspace dataspace = prepared();
    try (FastReset reset = ResetSessionTest.fastReset(dataspace)) {
      reset.mark("before");
      for (int i = 0; i < 3; i++) {
        assertThat(dropping(dataspace, "r1")).contains("owner of database d0");
        assertThat(dropping(dataspace, "r0")).contains("privileges for database d0");
        Sql.on(dataspace).run("delete from item");
        assertThat(reset.back("before")).isEqualTo(Outcome.RESET);
      }
    }
  }

  private static String dropping(Dataspace dataspace, String role) {
    try (Connection connection = Sql.on(dataspace).connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop role " + role);
      return "dropped";
    } catch (SQLException e) {
      return e.getMessage();
    }
  }
}
