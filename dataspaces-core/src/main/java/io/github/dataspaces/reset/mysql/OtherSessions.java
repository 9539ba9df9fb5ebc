package io.github.dataspaces.reset.mysql;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.runtime.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The sessions of a server that are not the reset's own. */
final class OtherSessions {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final String USERS =
      "select id from information_schema.processlist where user not in ('event_scheduler', 'system user') and command <> 'Daemon'";
  private static final String BUSY =
      """
      select id from information_schema.processlist where user not in ('event_scheduler', 'system user') and command not in ('Daemon', 'Sleep', 'Binlog Dump')
      union select trx_mysql_thread_id from information_schema.innodb_trx
      """;

  private final AdminSession admin;
  private final Set<String> own;

  /**
   * @param own the ids of sessions that are left alone
   */
  OtherSessions(AdminSession admin, Set<String> own) {
    this.admin = admin;
    this.own = own;
  }

  /** Whether one is in a transaction, or at work. */
  boolean areBusy() {
    return !others(BUSY).isEmpty();
  }

  /** Ends all of them, and waits until what they had not committed is gone. */
  void end() {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    List<String> left = others(USERS);
    while (!left.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new DataspaceException(
            Reason.INFRASTRUCTURE,
            "Connections to the server do not end.",
            "Look for what keeps them busy with: show full processlist.");
      }
      left.forEach(id -> admin.attempt("kill " + id));
      Readiness.sleep(1);
      left = others(USERS);
    }
  }

  private List<String> others(String sql) {
    return admin.query(sql).stream()
        .map(row -> row.get(0))
        .filter(id -> !own.contains(id))
        .toList();
  }
}
