package io.github.dataspaces.reset;

import java.util.List;

/**
 * What one look at a PostgreSQL server tells of whether anybody has written. Taking it takes a
 * transaction id.
 *
 * @param transaction that id
 * @param configuration a hash of the file that ALTER SYSTEM writes and of the replication slots,
 *     which change without a transaction
 * @param visits to other databases than the main one
 * @param busy how many sessions of the main database are in a transaction, or at work
 */
record Observation(long transaction, String configuration, Visits visits, int busy) {

  /**
   * Who has used other databases than the main one.
   *
   * @param sessions who has been, or is, there
   * @param written how many rows were ever written in those that are not reset; only of sessions
   *     that have ended
   */
  record Visits(String sessions, List<String> written) {}

  /** Told from a user's session by this. */
  static final String APPLICATION = "dataspaces-observer";

  static final String BUSY =
      "datname = ? and backend_type = 'client backend' and state <> 'idle' and application_name <> 'dataspaces-observer'";

  /** A session is counted when it ends, so those that live are told too. */
  private static final String SQL =
      """
      select pg_current_xact_id()::text,
        md5(pg_read_file('postgresql.auto.conf')
          || coalesce((select string_agg(slot_name || coalesce(plugin, ''), ',' order by slot_name) from pg_replication_slots), '')),
        (select string_agg(concat_ws(':', d.datname, coalesce(s.sessions, 0), a.living), ',' order by d.datname)
         from pg_database d left join pg_stat_database s on s.datid = d.oid
           left join (select datid, count(*) as living from pg_stat_activity where backend_type = 'client backend' group by datid) a on a.datid = d.oid
         where not starts_with(d.datname, 'dataspaces_') and d.datname <> ?),
        (select string_agg(concat_ws(':', datname, tup_inserted, tup_updated, tup_deleted), E'\\n' order by datname)
         from pg_stat_database where not starts_with(coalesce(datname, 'dataspaces_'), 'dataspaces_') and datname <> all (?)),
        (select count(*) from pg_stat_activity where %s)
      """
          .formatted(BUSY);

  /**
   * @param main the database that tests use
   * @param restored all databases that are reset
   */
  static Observation of(AdminConnection admin, String main, String[] restored) {
    List<String> row = admin.query(SQL, main, restored, main).get(0);
    return new Observation(
        Long.parseLong(row.get(0)),
        row.get(1),
        new Visits(row.get(2), List.of(row.get(3).split("\n"))),
        Integer.parseInt(row.get(4)));
  }
}
