package io.github.dataspaces.reset.mysql;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.reset.FastReset;
import io.github.dataspaces.runtime.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resets a MySQL or MariaDB server by its binary log: every row that was inserted, updated or
 * deleted is logged as it was before, and put back so. A mark costs nothing and going back takes as
 * long as there is to take back. That the log tells everything is checked against the server's own
 * counters; what they leave in doubt is compared with what a transaction that is older than the
 * test still sees.
 */
public final class RowLogReset implements FastReset {

  private final RunningDatabase server;
  private final Map<String, Mark> marks = new HashMap<>();

  /** What has been written since the first mark and is still there. */
  private final List<Change> history = new ArrayList<>();

  private AdminSession admin;

  /** Of the last settled state. */
  private Witness witness;

  /** For the next test, where the one before it has written. */
  private final SessionAhead ahead;

  private Dialect dialect;
  private BinaryLog log;
  private OtherSessions others;
  private Tables tables;
  private @Nullable Baseline baseline;
  private @Nullable SessionRenewal renewal;
  private boolean formatTold;

  /** Whether every session is in the database, and has the variables, that it began with. */
  private boolean brief;

  private String obstacle = "";

  /**
   * A state that can be gone back to.
   *
   * @param depth how much of the history it has
   * @param tableIds what tells tables from others of the same name
   */
  private record Mark(
      int depth, AutoIncrements numbers, Settings settings, Set<List<String>> tableIds) {}

  /** What the server was like when it was last known to be as marked. */
  private record Baseline(Mark mark, Counters counters) {}

  /**
   * The reset of a server that logs and counts rows as its flavour's arguments say; or else none.
   */
  public static Optional<FastReset> of(RunningDatabase server) {
    try (AdminSession admin = AdminSession.open(server)) {
      boolean logged =
          admin.query("select @@log_bin, @@binlog_checksum, @@performance_schema").stream()
              .anyMatch(List.of("1", "NONE", "1")::equals);
      return logged ? Optional.of(new RowLogReset(server)) : Optional.empty();
    }
  }

  private RowLogReset(RunningDatabase server) {
    this.server = server;
    this.ahead = new SessionAhead(server);
    connect();
    new LeftNote(admin, dialect).receive().ifPresent(this::goOn);
  }

  private void connect() {
    admin = AdminSession.open(server);
    witness = Witness.open(server, admin);
    dialect = Dialect.of(admin);
    // or else numbers are told that were asked for long ago
    admin.attempt("set session information_schema_stats_expiry = 0");
    log = BinaryLog.open(server.address(), Counters.of(admin, dialect).at());
    others = new OtherSessions(admin, Set.of(admin.id(), witness.id(), log.sessionId()));
    tables = new Tables(admin);
    formatTold = false;
  }

  private void goOn(LeftNote.Left left) {
    tables.closeSequences();
    Mark mark = mark();
    marks.put(left.name(), mark);
    if (left.untouched()) {
      settle(mark, Counters.of(admin, dialect));
    } else {
      history.add(new Change.Obstacle("somebody has written while no test had the server"));
    }
  }

  @Override
  public boolean knows(String name) {
    return marks.containsKey(name);
  }

  @Override
  public boolean mark(String name) {
    brief = false;
    Baseline last = baseline;
    Counters now = Counters.of(admin, dialect);
    if (last != null && isUntouched(last, now)) {
      baseline = new Baseline(last.mark(), now);
      marks.put(name, last.mark());
      return true;
    }
    ahead.close();
    others.end();
    tables.closeSequences();
    now = Counters.of(admin, dialect);
    List<Change> changes = log.upTo(now.at());
    if (last != null) {
      history.addAll(changes);
      if (!tables.doubtfulSince(last.counters(), now, rows(changes)).isEmpty()) {
        history.add(new Change.Obstacle("more was written than was logged"));
      }
    }
    tables = new Tables(admin);
    Mark mark = mark();
    marks.put(name, mark);
    settle(mark, now);
    return false;
  }

  private Mark mark() {
    return new Mark(
        history.size(),
        AutoIncrements.of(admin),
        Settings.of(admin, dialect),
        Set.copyOf(admin.query(dialect.tablesQuery())));
  }

  private boolean isUntouched(Baseline last, Counters now) {
    Counters before = last.counters();
    return now.at().equals(before.at())
        && now.writtenSince(before).isEmpty()
        && Set.of(Counters.SET).containsAll(now.statementsSince(before))
        && areSettingsStill(last.mark(), now, before)
        && !others.areBusy(now.glance());
  }

  private boolean isOnlyRead(Baseline last) {
    Glance now = Glance.of(admin, dialect);
    Glance before = last.counters().glance();
    boolean nothing = now.showsNothingSince(before);
    brief = nothing && now.moves() == before.moves();
    return nothing && !others.areBusy(now);
  }

  private boolean areSettingsStill(Mark mark, Counters now, Counters before) {
    return now.statementsSince(before).isEmpty()
        || Settings.of(admin, dialect).differences(mark.settings()).isEmpty();
  }

  @Override
  public Outcome back(String name) {
    brief = false;
    try {
      Mark mark = marks.get(name);
      if (mark == null) {
        throw new Beyond("'%s' was not marked since the server started".formatted(name));
      }
      Baseline last = baseline;
      if (last == null) {
        throw new Beyond(history.isEmpty() ? "nothing is known" : describe(history.get(0)));
      }
      if (last.mark() == mark && isOnlyRead(last)) {
        return Outcome.UNTOUCHED;
      }
      Counters now = Counters.of(admin, dialect);
      if (last.mark() == mark && isUntouched(last, now)) {
        baseline = new Baseline(mark, now);
        return Outcome.UNTOUCHED;
      }
      others.end();
      ahead.open();
      restore(mark, last);
      return Outcome.RESET;
    } catch (Beyond e) {
      ahead.close();
      obstacle = String.valueOf(e.getMessage());
      return Outcome.BEYOND;
    }
  }

  private static String describe(Change change) {
    return change instanceof Change.Obstacle found ? found.what() : "rows were written";
  }

  private void restore(Mark mark, Baseline last) {
    Counters now = Counters.of(admin, dialect);
    List<Change> changes = log.upTo(now.at());
    history.addAll(changes);
    for (Change change : history.subList(mark.depth(), history.size())) {
      if (change instanceof Change.Obstacle found) {
        throw new Beyond(found.what());
      }
    }
    baseline = null;
    checkDefinitions(mark, now.statementsSince(last.counters()));
    List<RowEvent> recent = rows(changes);
    Set<TableName> doubtful = tables.doubtfulSince(last.counters(), now, recent);
    Set<TableName> written = now.writtenSince(last.counters());
    takeBack(last.mark().depth(), written);
    restore(doubtful);
    written.addAll(doubtful);
    takeBack(mark.depth(), written);
    mark.numbers().restore(admin, written);
    // or else what its driver says when it connects is taken for the test's
    ahead.await();
    Counters settled = Counters.of(admin, dialect);
    if (!settled.at().equals(now.at())) {
      throw new Beyond("somebody writes while the server is reset");
    }
    settle(mark, settled);
  }

  /** What is not logged because it is temporary, or should not be. */
  private void checkDefinitions(Mark mark, Set<String> statements) {
    if (statements.contains(Counters.SET)) {
      List<String> changed = Settings.of(admin, dialect).differences(mark.settings());
      if (!changed.isEmpty()) {
        throw new Beyond(
            "the global variable %s was changed".formatted(String.join(", ", changed)));
      }
    }
    Set<String> more = new HashSet<>(statements);
    more.removeAll(Counters.SESSION_ONLY);
    if (!Counters.TABLES.containsAll(more)) {
      throw new Beyond("a test has run %s".formatted(Counters.words(more)));
    }
    if (!more.isEmpty()
        && !Set.copyOf(admin.query(dialect.tablesQuery())).equals(mark.tableIds())) {
      throw new Beyond("a table was created or dropped");
    }
  }

  /** Takes back what is deeper in the history than that; from then on no mark is. */
  private void takeBack(int depth, Set<TableName> written) {
    List<Change> later = history.subList(Math.min(depth, history.size()), history.size());
    List<RowEvent> events = rows(later);
    events.forEach(event -> written.add(event.table()));
    Optional<String> objection = tables.objection(written, events);
    if (objection.isPresent()) {
      throw new Beyond(objection.get());
    }
    if (!events.isEmpty()) {
      try {
        if (!formatTold) {
          admin.execute(log.formatStatement());
          // MySQL: the format announces another server's transactions, but these are its own
          admin.attempt("set session gtid_next = 'automatic'");
          formatTold = true;
        }
        admin.execute("start transaction");
        admin.execute(BinaryLog.undo(events));
        admin.execute("commit");
      } catch (DataspaceException e) {
        throw new Beyond(e.problem());
      }
    }
    later.clear();
    marks.values().removeIf(mark -> mark.depth() > depth);
  }

  /** What was not logged is put back as the witness has seen it. */
  private void restore(Set<TableName> doubtful) {
    Optional<String> objection = tables.objection(doubtful, List.of());
    if (objection.isPresent()) {
      throw new Beyond(objection.get());
    }
    witness.restore(doubtful);
  }

  private static List<RowEvent> rows(List<Change> changes) {
    return changes.stream()
        .filter(Change.Rows.class::isInstance)
        .map(change -> ((Change.Rows) change).event())
        .toList();
  }

  /** From here on whatever is written is a change. */
  private void settle(Mark mark, Counters counters) {
    witness.look();
    baseline = new Baseline(mark, counters);
  }

  @Override
  public void reconnect() {
    close();
    marks.clear();
    history.clear();
    connect();
    new LeftNote(admin, dialect).remove();
  }

  @Override
  public String obstacle() {
    return obstacle;
  }

  @Override
  public void drop(String name) {
    marks.remove(name);
  }

  @Override
  public void handOver(String name) {
    if (marks.containsKey(name) && baseline != null && baseline.mark() == marks.get(name)) {
      new LeftNote(admin, dialect).leave(name);
    }
    close();
  }

  @Override
  public boolean needsFiles() {
    return true;
  }

  @Override
  public void cleanSession(Connection connection) throws SQLException {
    SessionRenewal known = renewal;
    if (known == null) {
      try (Connection fresh = server.connect()) {
        known = SessionRenewal.of(fresh, dialect);
      }
      renewal = known;
    }
    known.renew(connection, brief);
    Baseline last = baseline;
    if (last != null) {
      SessionRenewal.Cost cost = brief ? known.brief() : known.whole();
      baseline = new Baseline(last.mark(), last.counters().plus(cost));
    }
  }

  @Override
  public Optional<Connection> readyConnection() {
    return ahead.take().map(others::pooled);
  }

  @Override
  public Connection newConnection() throws SQLException {
    return others.pooled(server.connect());
  }

  @Override
  public void forget() {
    close();
  }

  @Override
  public void close() {
    baseline = null;
    ahead.close();
    log.close();
    witness.close();
    admin.close();
  }
}
