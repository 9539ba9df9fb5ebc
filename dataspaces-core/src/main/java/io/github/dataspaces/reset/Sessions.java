package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.runtime.Readiness;
import java.time.Duration;

/** Ends other people's sessions. */
final class Sessions {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final String IN =
      "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = ?";
  private static final String BUSY =
      "select count(pg_terminate_backend(pid)) from pg_stat_activity "
          + "where datname = ? and backend_type = 'client backend' and state <> 'idle' and application_name <> '"
          + AdminConnection.APPLICATION
          + "'";

  private static final String OF_REPLACED =
      """
      select count(pg_terminate_backend(pid)) from (
        select pid from pg_locks where locktype = 'object' and classid = 'pg_database'::regclass and objid = %1$s
        union all
        select pid from pg_stat_get_activity(null) where datid = %1$s) s
      """
          .formatted("(select oid from pg_database where datname = ?)");

  private Sessions() {}

  /**
   * Ends the sessions of a database that has lost its name to another, once that has taken effect.
   * One that is just being opened by the old name, by a pool that is filled in the background,
   * holds a lock until it can be seen among the sessions; one that has no lock yet will find that
   * the name is another's.
   */
  static Command ofReplaced(String old) {
    return Command.of(OF_REPLACED, old, old);
  }

  /** Ends all sessions of a database, and waits: nothing can be cloned or dropped before. */
  static void end(AdminConnection admin, String database) {
    untilNone(admin, IN, database);
  }

  /** Ends those that are in a transaction or at work, which would write what the next test sees. */
  static void endBusy(AdminConnection admin, String database) {
    untilNone(admin, BUSY, database);
  }

  private static void untilNone(AdminConnection admin, String sql, String database) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!admin.query(sql, database).get(0).get(0).equals("0")) {
      if (System.nanoTime() > deadline) {
        throw new DataspaceException(
            Reason.INFRASTRUCTURE,
            "Connections to the database '%s' do not end.".formatted(database),
            "Look for what keeps them busy in pg_stat_activity.");
      }
      Readiness.sleep(1);
    }
  }
}
