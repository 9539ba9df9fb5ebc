package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.runtime.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resets a PostgreSQL server by renaming: a mark is a sealed template of every database; going back
 * swaps a clone, made ahead, for each. Names and URLs stay.
 */
final class TemplateClones implements FastReset {

  private static final String CONTROL = ClusterState.PREFIX + "control";
  private static final String TELLS_IN_TIME =
      "select 1 where current_setting('server_version_num')::int >= 150000";
  private static final String DATABASES =
      """
      select datname from pg_database
      where datallowconn and not datistemplate and not starts_with(datname, 'dataspaces_')
        and (datname <> 'postgres' or datname = ?)
      """;

  private final RunningDatabase server;
  private final String main;
  private final Transactions transactions = new Transactions();
  private final DatabaseNames names = new DatabaseNames();
  private ServerView view;
  private CloneQueue clones;
  private final Map<String, Mark> marks = new HashMap<>();
  private @Nullable Baseline baseline;

  /** To the main database, where sequences are; opened when nothing else tells of a write. */
  private @Nullable AdminConnection observer;

  private Clone last = Clone.withoutConnection("");

  private String obstacle = "";

  /**
   * The reset of a server; none before PostgreSQL 15, which tells only half a second later that
   * somebody was in a database that is not reset.
   */
  static Optional<FastReset> of(RunningDatabase server) {
    String main = server.address().credentials().database();
    try (AdminConnection first = AdminConnection.open(server, main)) {
      if (first.query(TELLS_IN_TIME).isEmpty()) {
        return Optional.empty();
      }
      if (first.query("select 1 from pg_database where datname = ?", CONTROL).isEmpty()) {
        first.execute("create database " + CONTROL);
      }
    }
    return Optional.of(new TemplateClones(server, main));
  }

  private TemplateClones(RunningDatabase server, String main) {
    this.server = server;
    this.main = main;
    this.view = new ServerView(server, CONTROL, main);
    this.clones = new CloneQueue(server, CONTROL, names, transactions);
    new HandOver(view.admin()).receive().ifPresentOrElse(this::goOn, this::dropLeftovers);
  }

  /** What other files brought along. */
  private void dropLeftovers() {
    OwnDatabases.drop(view.admin(), CONTROL);
    view.admin().execute("truncate template, dependency");
  }

  @Override
  public void reconnect() {
    close();
    view = new ServerView(server, CONTROL, main);
    clones = new CloneQueue(server, CONTROL, names, transactions);
    if (view.admin().query("select witness from crash_free").isEmpty()) {
      // recovery has emptied what is not logged, in templates too
      marks.clear();
      view.admin().execute("insert into crash_free values (1)");
      dropLeftovers();
    }
    marks.values().forEach(mark -> mark.templates().values().forEach(clones::adopt));
  }

  /**
   * A state that can be gone back to.
   *
   * @param visits who had been in other databases than the main one
   * @param writes what had been written in those that are not reset
   */
  record Mark(
      ClusterState cluster,
      Map<String, Template> templates,
      Sequences sequences,
      String visits,
      List<String> writes) {

    String[] databases() {
      return templates.keySet().toArray(new String[0]);
    }
  }

  /** What the server was like when it was last known to be as marked. */
  private record Baseline(Mark mark, Transactions.Moment moment) {}

  @Override
  public boolean knows(String name) {
    return marks.containsKey(name);
  }

  @Override
  public Marked mark(String name) {
    Baseline last = baseline;
    boolean untouched = last != null && isUntouched(last.mark(), look());
    marks.put(name, last != null && untouched ? last.mark() : take());
    return untouched ? Marked.SAME : Marked.APART;
  }

  private Mark take() {
    closeObserver();
    baseline = null;
    String settings = ConnectionsAhead.settings(view.admin(), main);
    Sessions.end(view.admin(), main);
    // first, because logging in can run a trigger, whose writes belong to the state
    Sequences sequences = sequences();
    Seal seal =
        new Seal(view.admin(), () -> AdminConnection.open(server, CONTROL), names, transactions);
    Map<String, Template> templates =
        view.admin().query(DATABASES, main).stream()
            .map(row -> seal.of(row.get(0), row.get(0).equals(main) ? settings : ""))
            .collect(Collectors.toMap(Template::of, Function.identity()));
    String[] databases = templates.keySet().toArray(new String[0]);
    Mark mark =
        new Mark(
            view.cluster(templates.values()),
            templates,
            sequences,
            transactions.now(view::look).observation().visits(),
            view.writes(databases));
    settle(mark, look());
    return mark;
  }

  private Sequences sequences() {
    try (AdminConnection session = AdminConnection.open(server, main)) {
      return Sequences.of(session);
    }
  }

  @Override
  public Outcome back(String name) {
    Mark mark = marks.get(name);
    if (mark == null) {
      return beyond("'%s' was not marked since the server started".formatted(name));
    }
    Transactions.Moment now = look();
    if (isUntouched(mark, now)) {
      return Outcome.UNTOUCHED;
    }
    if (isAnyOtherWritten(mark, now)) {
      return beyond("a database was written that is not reset");
    }
    if (isReloaded(now)) {
      new ClusterRepair(server, view.admin()).reload();
    }
    return swap(mark) ? Outcome.RESET : Outcome.BEYOND;
  }

  /** A test may have set something, and taken that back for the next reading only. */
  private boolean isReloaded(Transactions.Moment now) {
    Baseline then = baseline;
    return then != null && !now.observation().loaded().equals(then.moment().observation().loaded());
  }

  /** Swaps clones in; whether all that is outside of the databases is as it was, too. */
  private boolean swap(Mark mark) {
    closeObserver();
    baseline = null;
    last.disconnect();
    List<Command> commands = new ArrayList<>();
    List<Command> afterwards = new ArrayList<>();
    Map<Template, String> replaced = new HashMap<>();
    for (Template template : mark.templates().values()) {
      Clone clone = clones.take(template);
      String old = names.next("old");
      commands.addAll(template.swap(clone.name(), old));
      afterwards.add(Sessions.ofReplaced(old));
      replaced.put(template, old);
      if (template.of().equals(main)) {
        last = clone;
      }
    }
    ClusterState[] cluster = new ClusterState[1];
    Transactions.Moment moment =
        transactions.glance(
            closely -> {
              ServerView.Seen seen =
                  view.after(commands, closely, mark.templates().values(), afterwards);
              cluster[0] = seen.cluster();
              return seen.observation();
            });
    boolean same = cluster[0].equals(mark.cluster());
    boolean restored = same || isRepaired(mark, cluster[0]);
    replaced.forEach(clones::replaced);
    if (restored) {
      settle(mark, same && moment.isCertain() ? moment : look());
    }
    return restored;
  }

  private Outcome beyond(String why) {
    obstacle = why;
    return Outcome.BEYOND;
  }

  private boolean isUntouched(Mark mark, Transactions.Moment now) {
    Baseline then = baseline;
    if (then == null || then.mark() != mark || now.writtenSince(then.moment())) {
      return false;
    }
    Observation before = then.moment().observation();
    boolean untouched =
        now.observation().configuration().equals(before.configuration())
            && !isReloaded(now)
            && now.observation().visits().equals(before.visits())
            && areSequencesStill(mark.sequences());
    if (untouched && now.observation().busy() > 0) {
      Sessions.endBusy(view.admin(), main);
      return isUntouched(mark, look());
    }
    return untouched;
  }

  private boolean areSequencesStill(Sequences sequences) {
    if (sequences.query().isEmpty()) {
      return true;
    }
    AdminConnection connection = observer;
    if (connection == null) {
      connection = AdminConnection.open(server, main);
      observer = connection;
    }
    return sequences.areStill(connection);
  }

  private Transactions.Moment look() {
    Baseline then = baseline;
    return then == null
        ? transactions.now(view::look)
        : transactions.since(then.moment(), view::look);
  }

  /** Whether anybody has written in a database that the mark has no template of. */
  private boolean isAnyOtherWritten(Mark mark, Transactions.Moment now) {
    // after a restart nothing later than the mark is known
    String before = baseline == null ? mark.visits() : baseline.moment().observation().visits();
    if (now.observation().visits().equals(before)) {
      return false;
    }
    // what a session has written is counted when it ends
    new ClusterRepair(server, view.admin()).endVisits(mark.databases());
    return !view.writes(mark.databases()).containsAll(mark.writes());
  }

  private boolean isRepaired(Mark mark, ClusterState now) {
    try {
      Collection<Template> restored = mark.templates().values();
      boolean done = new ClusterRepair(server, view.admin()).repair(now, mark.cluster(), restored);
      List<String> left = view.cluster(restored).differences(mark.cluster());
      if (done && left.isEmpty()) {
        // what was opened before may have begun with what is repaired now
        last.disconnect();
        last = Clone.withoutConnection("");
        return true;
      }
      beyond(
          left.isEmpty()
              ? "settings were changed that need a restart"
              : "changed outside of the databases: " + String.join(", ", left));
    } catch (DataspaceException e) {
      beyond(e.problem());
    }
    return false;
  }

  /** From here on whatever is written is a change; the next clones are made meanwhile. */
  private void settle(Mark mark, Transactions.Moment moment) {
    baseline = new Baseline(mark, moment);
    mark.templates().values().forEach(clones::order);
  }

  @Override
  public Optional<Connection> readyConnection() {
    Optional<Connection> connection = last.awaitConnection();
    last = Clone.withoutConnection("");
    return connection;
  }

  @Override
  public Connection newConnection() throws SQLException {
    return QuickConnection.open(server, main, Map.of());
  }

  private void closeObserver() {
    if (observer != null) {
      observer.close();
      observer = null;
    }
  }

  @Override
  public String obstacle() {
    return obstacle;
  }

  @Override
  public void drop(String name) {
    Mark dropped = marks.remove(name);
    if (dropped != null && !marks.containsValue(dropped)) {
      if (baseline != null && baseline.mark() == dropped) {
        baseline = null;
      }
      dropped.templates().values().forEach(clones::discard);
    }
  }

  @Override
  public void handOver(String name) {
    List.copyOf(marks.keySet()).stream().filter(other -> !other.equals(name)).forEach(this::drop);
    clones.finish();
    if (baseline != null) {
      new HandOver(view.admin()).leave(name, baseline.mark());
    }
    close();
  }

  private void goOn(HandOver.Left left) {
    marks.put(left.name(), left.mark());
    left.mark().templates().values().forEach(clones::adopt);
    if (left.untouched() && areSequencesStill(left.mark().sequences())) {
      settle(left.mark(), look());
    }
  }

  @Override
  public void cleanSession(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("discard all");
    }
  }

  @Override
  public boolean needsFiles() {
    return false;
  }

  @Override
  public void forget() {
    closeObserver();
    clones.finish();
    clones.close();
    view.close();
    OwnDatabases.drop(server);
  }

  @Override
  public void close() {
    closeObserver();
    baseline = null;
    last.disconnect();
    last = Clone.withoutConnection("");
    clones.close();
    view.close();
  }
}
