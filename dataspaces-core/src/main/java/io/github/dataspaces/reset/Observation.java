package io.github.dataspaces.reset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one look at a PostgreSQL server tells of whether anybody has written. Taking it takes a
 * transaction id.
 *
 * @param transaction that id
 * @param configuration a hash of the file that ALTER SYSTEM writes and of the replication slots,
 *     which change without a transaction
 * @param visits to other databases than the main one
 * @param busy how many sessions of the main database are in a transaction, or at work
 * @param own how many of the reset's own statements that are under way had an id before that
 */
record Observation(long transaction, String configuration, Visits visits, int busy, int own) {

  /**
   * Who has used other databases than the main one.
   *
   * @param sessions who has been, or is, there
   * @param written how many rows were ever written in those that are not reset; only of sessions
   *     that have ended
   */
  record Visits(String sessions, List<String> written) {}

  /**
   * A statement that the server plans once for a session. A session is counted when it ends, so
   * those that live are told too.
   */
  static final String PREPARATION =
      """
      prepare dataspaces_look (text, text[]) as
      with me as materialized (select pg_current_xact_id()::text::bigint as id),
        activity as materialized (
          select a.* from me, lateral pg_stat_get_activity(case when me.id = 0 then 0 end) a where a.backend_type = 'client backend')
      select id,
        md5(pg_read_file('postgresql.auto.conf')
          || coalesce((select string_agg(slot_name || coalesce(plugin, ''), ',' order by slot_name) from pg_get_replication_slots()), '')),
        (select string_agg(concat_ws(':', datname, pg_stat_get_db_sessions(oid), (select count(*) from activity where datid = d.oid)), ',' order by datname)
         from pg_database d where not starts_with(datname, 'dataspaces_') and datname <> $1),
        (select string_agg(concat_ws(':', datname, pg_stat_get_db_tuples_inserted(oid), pg_stat_get_db_tuples_updated(oid), pg_stat_get_db_tuples_deleted(oid)), E'\\n' order by datname)
         from pg_database where not starts_with(datname, 'dataspaces_') and datname <> all ($2)),
        (select count(*) from activity
         where datid = (select oid from pg_database where datname = $1) and state <> 'idle' and application_name <> '%1$s'),
        (select count(*) from activity where application_name = '%1$s' and backend_xid::text::bigint < id)
      from me
      """
          .formatted(AdminConnection.APPLICATION);

  /**
   * The query, once it is prepared.
   *
   * @param main the database that tests use
   * @param restored all databases that are reset
   */
  static String query(String main, String... restored) {
    return "execute dataspaces_look (%s, array[%s]::text[])"
        .formatted(
            AdminConnection.literal(main),
            Arrays.stream(restored).map(AdminConnection::literal).collect(Collectors.joining(",")));
  }

  static Observation of(List<String> row) {
    return new Observation(
        Long.parseLong(row.get(0)),
        row.get(1),
        new Visits(row.get(2), List.of(row.get(3).split("\n"))),
        Integer.parseInt(row.get(4)),
        Integer.parseInt(row.get(5)));
  }
}
