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
  private final AdminSession admin;
  private final Set<String> own;

  /**
   * @param own the ids of sessions that are left alone
   */
  OtherSessions(AdminSession admin, Set<String> own) {
    this.admin = admin;
    this.own = own;
  }

  /** Whether one of these is not the reset's own. */
  boolean areAmong(Set<String> sessions) {
    return !own.containsAll(sessions);
  }

  /** Ends all of them, and waits until what they had not committed is gone. */
  void end() {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    List<String> left = others();
    while (!left.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new DataspaceException(
            Reason.INFRASTRUCTURE,
            "Connections to the server do not end.",
            "Look for what keeps them busy with: show full processlist.");
      }
      left.forEach(id -> admin.attempt("kill " + id));
      Readiness.sleep(1);
      left = others();
    }
  }

  private List<String> others() {
    return admin.query(USERS).stream()
        .map(row -> row.get(0))
        .filter(id -> !own.contains(id))
        .toList();
  }
}
