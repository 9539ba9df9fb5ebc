package io.github.dataspaces.reset.mysql;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.reset.FastReset;
import io.github.dataspaces.runtime.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;
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

  /** What the server keeps a record of. */
  private static final String RECORDS =
      """
      select @@log_bin, @@binlog_checksum, @@performance_schema,
        (select enabled from performance_schema.setup_consumers where name = 'events_transactions_current')
      """;

  /** Rows that tell states apart stay in memory, and more of them are no quicker than files. */
  private static final long MOST_BYTES = 8 << 20;

  private final RunningDatabase server;
  private final Map<String, Mark> marks = new HashMap<>();

  private AdminSession admin;

  /** Of the last settled state. */
  private Witness witness;

  /** For the next test, where the one before it has written. */
  private final SessionAhead ahead;

  private Dialect dialect;
  private BinaryLog log;
  private RowWriter writer;
  private OtherSessions others;
  private Tables tables;
  private @Nullable Baseline baseline;
  private @Nullable SessionRenewal renewal;

  /** Whether every session is in the database, and has the variables, that it began with. */
  private boolean brief;

  /** Whether marks are another's, and none of its own has been made yet. */
  private boolean inherits;

  /** Why the state that the server is in is not known, where it is not. */
  private String unknown = "the server was restarted";

  private String obstacle = "";

  /**
   * The reset of a server that logs and counts rows as its flavour's arguments say; or else none.
   */
  public static Optional<FastReset> of(RunningDatabase server) {
    try (AdminSession admin = AdminSession.open(server)) {
      boolean logged =
          admin.query(RECORDS).stream().anyMatch(List.of("1", "NONE", "1", "YES")::equals);
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
    writer = new RowWriter(admin, log);
    tables = new Tables(admin);
  }

  private void goOn(LeftNote.Left left) {
    Mark mark = new Mark(null, List.of(), Numbers.of(admin));
    marks.put(left.name(), mark);
    if (left.untouched()) {
      settle(Baseline.of(mark, admin, dialect));
    } else {
      unknown = "somebody has written while no test had the server";
    }
  }

  @Override
  public boolean knows(String name) {
    return marks.containsKey(name);
  }

  @Override
  public void inherit(FastReset before) {
    if (before instanceof RowLogReset other) {
      marks.putAll(other.marks);
      inherits = true;
    }
  }

  @Override
  public Marked mark(String name) {
    brief = false;
    Baseline last = baseline;
    if (last != null) {
      Counters now = Counters.of(admin, dialect);
      if (isUntouched(last, now)) {
        baseline = last.at(last.mark(), now);
        marks.put(name, last.mark());
        return Marked.SAME;
      }
    }
    ahead.close();
    others.end();
    Numbers numbers = Numbers.of(admin);
    Counters now = Counters.of(admin, dialect);
    List<Change> changes = log.upTo(now.at());
    Optional<Mark> following =
        Optional.ofNullable(last)
            .flatMap(before -> rowsSince(before, changes, now))
            .map(rows -> new Mark(last.mark(), rows, numbers));
    Mark mark = following.orElseGet(() -> apart(name, numbers));
    marks.put(name, mark);
    if (following.isPresent()) {
      settle(last.at(mark, now));
    } else {
      settle(Baseline.of(mark, admin, dialect));
    }
    return following.isPresent() ? Marked.FOLLOWING : Marked.APART;
  }

  /** The rows that are all that tells the state of now from the last, if that is so. */
  private Optional<List<RowEvent>> rowsSince(Baseline last, List<Change> changes, Counters now) {
    try {
      last.checkDefinitions(admin, dialect, now);
      Written written = Written.since(last, changes, now, tables);
      boolean known =
          written.bytes() <= MOST_BYTES
              && written.unclear().isEmpty()
              && witness.changed(written.doubtful()).isEmpty();
      return known ? Optional.of(written.sure()) : Optional.empty();
    } catch (Beyond | DataspaceException e) {
      return Optional.empty();
    }
  }

  /** A state that was inherited, or else a new one. */
  private Mark apart(String name, Numbers numbers) {
    tables = new Tables(admin);
    Mark inherited = inherits ? marks.get(name) : null;
    inherits = false;
    return inherited != null && isRestored(inherited.numbers(), numbers)
        ? inherited
        : new Mark(null, List.of(), numbers);
  }

  private boolean isRestored(Numbers before, Numbers now) {
    try {
      before.restore(admin, before.differences(now));
      return true;
    } catch (Beyond e) {
      return false;
    }
  }

  private boolean isUntouched(Baseline last, Counters now) {
    Counters before = last.counters();
    return now.at().equals(before.at())
        && now.writtenSince(before).isEmpty()
        && Set.of(Counters.SET).containsAll(now.statementsSince(before))
        && last.areSettingsStill(admin, dialect, now)
        && !others.areBusy(now.glance());
  }

  private boolean isOnlyRead(Baseline last) {
    Glance now = Glance.of(admin, dialect);
    Glance before = last.counters().glance();
    boolean nothing = now.showsNothingSince(before);
    brief = nothing && now.moves() == before.moves();
    return nothing && !others.areBusy(now);
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
        throw new Beyond(unknown);
      }
      if (last.mark() == mark && isOnlyRead(last)) {
        return Outcome.UNTOUCHED;
      }
      Counters now = Counters.of(admin, dialect);
      if (last.mark() == mark && isUntouched(last, now)) {
        baseline = last.at(mark, now);
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

  private void restore(Mark mark, Baseline last) {
    baseline = null;
    unknown = "it was not put back the last time";
    Counters now = Counters.of(admin, dialect);
    List<Change> changes = log.upTo(now.at());
    Mark.Way way =
        last.mark()
            .to(mark)
            .orElseThrow(() -> new Beyond("what lies between the two states is not only rows"));
    last.checkDefinitions(admin, dialect, now);
    Written written = Written.since(last, changes, now, tables);
    takeBack(written);
    witness.restore(written.doubtful(), written.unclear());
    go(way);
    Set<TableName> changed = new HashSet<>(written.tables());
    changed.addAll(way.tables());
    changed.addAll(mark.numbers().differences(last.mark().numbers()));
    mark.numbers().restore(admin, changed);
    // or else what its driver says when it connects is taken for the test's
    ahead.await();
    Counters settled = Counters.of(admin, dialect);
    if (!settled.at().equals(now.at())) {
      throw new Beyond("somebody writes while the server is reset");
    }
    settle(last.at(mark, settled));
  }

  private void takeBack(Written written) {
    List<RowEvent> all = written.sure();
    try {
      writer.undo(all);
    } catch (DataspaceException e) {
      // rows that were written, and are gone by a cascade, are not found; but the witness has them
      List<RowEvent> others = Written.without(written.doubtful(), all);
      if (others.size() == all.size()) {
        throw new Beyond(e.problem());
      }
      go(new Mark.Way(others, List.of()));
    }
  }

  private void go(Mark.Way way) {
    try {
      writer.undo(way.back());
      writer.redo(way.forth());
    } catch (DataspaceException e) {
      throw new Beyond(e.problem());
    }
  }

  /** From here on whatever is written is a change. */
  private void settle(Baseline reached) {
    witness.look();
    baseline = reached;
  }

  @Override
  public void reconnect() {
    close();
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
      baseline = last.at(last.mark(), last.counters().plus(cost));
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
    unknown = "the server was restarted";
    ahead.close();
    log.close();
    witness.close();
    admin.close();
  }
}
