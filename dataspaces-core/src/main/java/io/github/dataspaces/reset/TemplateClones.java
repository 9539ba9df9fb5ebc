package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.runtime.RunningDatabase;
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
  private AdminConnection admin;
  private CloneQueue clones;
  private final Map<String, Mark> marks = new HashMap<>();
  private final List<String> catalogues;
  private @Nullable Baseline baseline;

  /** To the main database, where sequences are; opened when nothing else tells of a write. */
  private @Nullable AdminConnection observer;

  private String obstacle = "";

  TemplateClones(RunningDatabase server) {
    this.server = server;
    this.main = server.address().credentials().database();
    try (AdminConnection first = AdminConnection.open(server, main)) {
      if (first.query("select 1 from pg_database where datname = ?", CONTROL).isEmpty()) {
        first.execute("create database " + CONTROL);
      }
    }
    this.admin = AdminConnection.open(server, CONTROL);
    this.catalogues = ClusterState.catalogues(admin);
    this.clones = new CloneQueue(server, CONTROL, names, transactions);
    new HandOver(admin).receive().ifPresentOrElse(this::goOn, this::dropLeftovers);
  }

  /** What other files brought along. */
  private void dropLeftovers() {
    OwnDatabases.drop(admin, CONTROL);
    admin.execute("truncate template, dependency");
  }

  @Override
  public void reconnect() {
    close();
    admin = AdminConnection.open(server, CONTROL);
    clones = new CloneQueue(server, CONTROL, names, transactions);
    if (admin.query("select witness from crash_free").isEmpty()) {
      // recovery has emptied what is not logged, in templates too
      marks.clear();
      admin.execute("insert into crash_free values (1)");
      dropLeftovers();
    }
    marks.values().forEach(mark -> mark.templates().values().forEach(clones::adopt));
  }

  /**
   * A state that can be gone back to.
   *
   * @param visits who had been in databases that are not reset, and what had been written there
   */
  record Mark(
      ClusterState cluster,
      Map<String, Template> templates,
      Sequences sequences,
      Observation.Visits visits) {

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
  public boolean mark(String name) {
    clones.awaitQuiet();
    Baseline last = baseline;
    boolean untouched = last != null && isUntouched(last.mark(), look(last.mark()));
    marks.put(name, last != null && untouched ? last.mark() : take());
    return untouched;
  }

  private Mark take() {
    closeObserver();
    Map<String, Template> templates =
        admin.query(DATABASES, main).stream()
            .map(row -> seal(row.get(0)))
            .collect(Collectors.toMap(Template::of, Function.identity()));
    String[] databases = templates.keySet().toArray(new String[0]);
    Mark mark =
        new Mark(
            ClusterState.of(admin, catalogues, templates.keySet()),
            templates,
            Sequences.of(server, main),
            transactions.now(() -> Observation.of(admin, main, databases)).observation().visits());
    settle(mark);
    return mark;
  }

  private Template seal(String database) {
    Sessions.end(admin, database);
    Template template = new Template(names.next("template"), database);
    Template original = new Template(database, database);
    transactions.own(() -> admin.copyDatabase(original.createStatement(template.name())));
    transactions.own(() -> admin.executeAtOnce(original.attributeStatements(template.name())));
    transactions.own(() -> admin.executeAtOnce(template.sealStatements()));
    return template;
  }

  @Override
  public Outcome back(String name) {
    Mark mark = marks.get(name);
    if (mark == null) {
      return beyond("'%s' was not marked since the server started".formatted(name));
    }
    clones.awaitQuiet();
    Transactions.Moment now = look(mark);
    if (isUntouched(mark, now)) {
      return Outcome.UNTOUCHED;
    }
    if (isAnyOtherWritten(mark, now)) {
      return beyond("a database was written that is not reset");
    }
    closeObserver();
    baseline = null;
    List<String> replaced = mark.templates().values().stream().map(this::swap).toList();
    boolean restored = isClusterRestored(mark);
    if (restored) {
      settle(mark);
    }
    replaced.forEach(clones::discard);
    return restored ? Outcome.RESET : Outcome.BEYOND;
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
            && now.observation().visits().sessions().equals(before.visits().sessions())
            && areSequencesStill(mark.sequences());
    if (untouched && now.observation().busy() > 0) {
      Sessions.endBusy(admin, main);
      return isUntouched(mark, look(mark));
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
      connection.execute("set application_name = '" + Observation.APPLICATION + "'");
      observer = connection;
    }
    return sequences.areStill(connection);
  }

  private Transactions.Moment look(Mark mark) {
    return transactions.now(() -> Observation.of(admin, main, mark.databases()));
  }

  /** Whether anybody has written in a database that the mark has no template of. */
  private boolean isAnyOtherWritten(Mark mark, Transactions.Moment now) {
    // after a restart nothing later than the mark is known
    Observation.Visits before =
        baseline == null ? mark.visits() : baseline.moment().observation().visits();
    if (now.observation().visits().sessions().equals(before.sessions())) {
      return false;
    }
    // what a session has written is counted when it ends
    new ClusterRepair(server, admin).endVisits(mark.databases());
    return !look(mark).observation().visits().written().containsAll(before.written());
  }

  /** The name that the replaced database has now. */
  private String swap(Template template) {
    String clone = clones.take(template);
    String old = names.next("old");
    transactions.own(() -> admin.executeAtOnce(template.swapStatements(clone, old)));
    return old;
  }

  private boolean isClusterRestored(Mark mark) {
    ClusterState now = ClusterState.of(admin, catalogues, mark.templates().keySet());
    if (now.equals(mark.cluster())) {
      return true;
    }
    try {
      boolean done = new ClusterRepair(server, admin).repair(now, mark.cluster());
      List<String> left =
          ClusterState.of(admin, catalogues, mark.templates().keySet()).differences(mark.cluster());
      if (done && left.isEmpty()) {
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
  private void settle(Mark mark) {
    baseline = new Baseline(mark, look(mark));
    mark.templates().values().forEach(clones::order);
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
      new HandOver(admin).leave(name, baseline.mark());
    }
    close();
  }

  private void goOn(HandOver.Left left) {
    marks.put(left.name(), left.mark());
    left.mark().templates().values().forEach(clones::adopt);
    if (left.untouched() && areSequencesStill(left.mark().sequences())) {
      settle(left.mark());
    }
  }

  @Override
  public Optional<String> cleanSession() {
    return Optional.of("discard all");
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
    admin.close();
    OwnDatabases.drop(server);
  }

  @Override
  public void close() {
    closeObserver();
    baseline = null;
    clones.close();
    admin.close();
  }
}
