package io.github.dataspaces.reset;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one look at a PostgreSQL server tells of whether anybody has written. Taking it takes a
 * transaction id.
 *
 * @param transaction that id
 * @param configuration the file that ALTER SYSTEM writes and the replication slots, which change
 *     without a transaction
 * @param loaded when the server last read its configuration
 * @param visits who has been, or is, in other databases than the main one
 * @param busy how many sessions of the main database are in a transaction, or at work
 * @param own how many of the reset's own statements that are under way had an id before that
 */
record Observation(
    long transaction, String configuration, String loaded, String visits, long busy, long own) {

  /**
   * The look itself, in the first row. All of it is no more than rows: what is made of them here
   * would take the server longer. The id is taken before all else is looked at.
   */
  private static final String BEGINNING =
      """
      prepare %s as
      select 'look', pg_current_xact_id()::text, pg_read_file('postgresql.auto.conf'), pg_conf_load_time()::text
      union all
      """;

  /** The housekeeping is nobody's. */
  private static final String SESSIONS =
      """
      select 'session', pg_stat_get_backend_dbid(i)::text, (pg_stat_get_backend_xact_start(i) is not null)::text, null
      from pg_stat_get_backend_idset() i where pg_stat_get_backend_userid(i) <> 0
      """;

  /** Takes three times as long. */
  private static final String SESSIONS_AND_THEIR_IDS =
      """
      select 'session', datid::text, (state <> 'idle' and not own)::text, case when own then backend_xid::text end
      from (select *, application_name = '%s' as own from pg_stat_get_activity(null)) a where backend_type = 'client backend'
      """
          .formatted(AdminConnection.APPLICATION);

  /**
   * After the sessions: one that ends meanwhile is counted before it is gone, so it is either seen
   * or counted.
   */
  private static final String REST =
      """
      union all
      select 'database', oid::text, datname, pg_stat_get_db_sessions(oid)::text from pg_database where not starts_with(datname, 'dataspaces_')
      union all
      select 'slot', slot_name, plugin, null from pg_get_replication_slots()
      """;

  private static final String LOOK = "dataspaces_look";
  private static final String LOOK_CLOSELY = "dataspaces_look_closely";

  /** Statements that the server plans once for a session. */
  static final List<String> PREPARATIONS =
      List.of(
          BEGINNING.formatted(LOOK) + SESSIONS + REST,
          BEGINNING.formatted(LOOK_CLOSELY) + SESSIONS_AND_THEIR_IDS + REST);

  /**
   * The query, once it is prepared.
   *
   * @param closely whether to tell the reset's own statements that are under way, which are not to
   *     be told without
   */
  static String query(boolean closely) {
    return "execute " + (closely ? LOOK_CLOSELY : LOOK);
  }

  /** A database, and how many sessions it has had. */
  private record Database(String oid, String name, String sessions) {
    static Database of(List<String> row) {
      return new Database(row.get(1), row.get(2), row.get(3));
    }
  }

  /**
   * A session.
   *
   * @param busy whether it is in a transaction, and a user's
   * @param ownTransaction its transaction id if it is one of the reset's own and has one
   */
  private record Session(String database, boolean busy, String ownTransaction) {
    static Session of(List<String> row) {
      return new Session(row.get(1), row.get(2).equals("true"), row.get(3));
    }

    boolean isOwnBefore(long transaction) {
      return !ownTransaction.isEmpty() && Long.parseLong(ownTransaction) < transaction;
    }
  }

  /**
   * What the query's rows tell.
   *
   * @param main the database that tests use
   */
  static Observation of(List<List<String>> rows, String main) {
    long transaction = Long.parseLong(rows.get(0).get(1));
    List<Database> databases = of("database", rows, Database::of).toList();
    List<Session> sessions = of("session", rows, Session::of).toList();
    String mainOid =
        databases.stream()
            .filter(database -> database.name().equals(main))
            .findAny()
            .map(Database::oid)
            .orElse("");
    return new Observation(
        transaction,
        configuration(rows),
        rows.get(0).get(3),
        visits(databases, sessions, main),
        sessions.stream().filter(s -> s.database().equals(mainOid) && s.busy()).count(),
        sessions.stream().filter(session -> session.isOwnBefore(transaction)).count());
  }

  private static String configuration(List<List<String>> rows) {
    return rows.stream()
        .filter(row -> row.get(0).equals("slot"))
        .map(row -> row.get(1) + ":" + row.get(2))
        .sorted()
        .collect(Collectors.joining(",", rows.get(0).get(2), ""));
  }

  private static <T> Stream<T> of(
      String kind, List<List<String>> rows, Function<List<String>, T> reading) {
    return rows.stream().filter(row -> row.get(0).equals(kind)).map(reading);
  }

  /** A session is counted when it ends, so those that live are told too. */
  private static String visits(List<Database> databases, List<Session> sessions, String main) {
    Map<String, Long> living =
        sessions.stream().collect(Collectors.groupingBy(Session::database, Collectors.counting()));
    return databases.stream()
        .filter(database -> !database.name().equals(main))
        .map(
            database ->
                database.name()
                    + ":"
                    + database.sessions()
                    + ":"
                    + living.getOrDefault(database.oid(), 0L))
        .sorted()
        .collect(Collectors.joining(","));
  }
}
