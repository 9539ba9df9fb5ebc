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

  private Sessions() {}

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
