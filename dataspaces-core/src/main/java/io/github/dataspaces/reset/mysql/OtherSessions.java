package io.github.dataspaces.reset.mysql;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.runtime.Readiness;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions of a server that are not the reset's own. */
final class OtherSessions {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final String USERS =
      "select id from information_schema.processlist where user not in ('event_scheduler', 'system user') and command <> 'Daemon'";

  /**
   * Not by {@code innodb_trx}, which tells what it told before to whoever asks again within 0.1 s.
   * Transactions of the server itself, which gathers statistics for example, are no session's.
   */
  private static final String IN_TRANSACTIONS =
      """
      select processlist_id from performance_schema.events_transactions_current
      join performance_schema.threads using (thread_id) where state = 'ACTIVE' and processlist_id is not null
      """;

  private final AdminSession admin;
  private final Set<String> own;
  private final Set<String> pooled = ConcurrentHashMap.newKeySet();

  /**
   * @param own the ids of sessions that are left alone
   */
  OtherSessions(AdminSession admin, Set<String> own) {
    this.admin = admin;
    this.own = own;
  }

  /**
   * One of them is in the pool: whatever it leaves open is gone when it is cleaned, before anybody
   * uses it again. Thread-safe.
   */
  Connection pooled(Connection connection) {
    DriverCall.sessionId(connection).ifPresent(pooled::add);
    return connection;
  }

  /** Whether one of them is at work, or may keep others from theirs by a transaction. */
  boolean areBusy(Glance now) {
    return !own.containsAll(now.busy())
        || !areKnown(now.idle())
            && !areKnown(admin.query(IN_TRANSACTIONS).stream().map(row -> row.get(0)).toList());
  }

  private boolean areKnown(Collection<String> sessions) {
    return sessions.stream().allMatch(id -> own.contains(id) || pooled.contains(id));
  }

  /** Ends all of them, and waits until what they had not committed is gone. */
  void end() {
    pooled.clear();
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
