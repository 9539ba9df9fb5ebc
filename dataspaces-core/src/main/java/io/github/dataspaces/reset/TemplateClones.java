package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.runtime.RunningDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
      select datname, pg_database_size(oid)
      from pg_database
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
  private @Nullable Baseline baseline;
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

  /** A state that can be gone back to. */
  record Mark(ClusterState cluster, Map<String, Template> templates) {

    String[] databases() {
      return templates.keySet().toArray(new String[0]);
    }
  }

  /** What the server was like when it was last known to be as marked. */
  private record Baseline(
      Mark mark, Transactions.Moment moment, Sequences sequences, String values) {}

  @Override
  public boolean knows(String name) {
    return marks.containsKey(name);
  }

  @Override
  public boolean mark(String name) {
    Baseline last = baseline;
    boolean untouched = last != null && isUntouched(last.mark());
    marks.put(name, last != null && untouched ? last.mark() : take());
    return untouched;
  }

  private Mark take() {
    forgetBaseline();
    Map<String, Template> templates =
        admin.query(DATABASES, main).stream()
            .map(row -> seal(row.get(0), Long.parseLong(row.get(1))))
            .collect(Collectors.toMap(Template::of, Function.identity()));
    Mark mark = new Mark(ClusterState.of(admin, templates.keySet()), templates);
    settle(mark, Sequences.of(server, main));
    return mark;
  }

  private Template seal(String database, long size) {
    Sessions.end(admin, database);
    Template template = new Template(names.next("template"), database, Template.strategyFor(size));
    Template original = new Template(database, database, template.strategy());
    transactions.own(() -> admin.execute(original.createStatement(template.name())));
    transactions.own(
        () -> {
          admin.executeAtOnce(original.attributeStatements(template.name()));
        });
    transactions.own(() -> admin.executeAtOnce(template.sealStatements()));
    return template;
  }

  @Override
  public Outcome back(String name) {
    Mark mark = marks.get(name);
    if (mark == null) {
      return beyond("'%s' was not marked since the server started".formatted(name));
    }
    if (isUntouched(mark)) {
      return Outcome.UNTOUCHED;
    }
    if (isAnyOtherWritten(mark)) {
      return beyond("a database was written that is not reset");
    }
    forgetBaseline();
    Map<Template, Clone> taken =
        mark.templates().values().stream()
            .collect(Collectors.toMap(Function.identity(), clones::take));
    taken.forEach(this::swap);
    if (!isClusterRestored(mark)) {
      return Outcome.BEYOND;
    }
    settle(mark, main(taken));
    return Outcome.RESET;
  }

  private Outcome beyond(String why) {
    obstacle = why;
    return Outcome.BEYOND;
  }

  private boolean isUntouched(Mark mark) {
    Baseline then = baseline;
    if (then == null || then.mark() != mark) {
      return false;
    }
    Transactions.Moment now = look(mark);
    boolean untouched =
        !now.writtenSince(then.moment())
            && now.observation().configuration().equals(then.moment().observation().configuration())
            && now.observation().sessions().equals(then.moment().observation().sessions())
            && then.sequences().values().equals(then.values());
    if (untouched && now.observation().busy() > 0) {
      Sessions.endBusy(admin, main);
      return isUntouched(mark);
    }
    return untouched;
  }

  private Transactions.Moment look(Mark mark) {
    return transactions.now(() -> Observation.of(admin, main, mark.databases()));
  }

  /** Whether anybody has written in a database that the mark has no template of. */
  private boolean isAnyOtherWritten(Mark mark) {
    Baseline then = baseline;
    if (then == null) {
      return false;
    }
    Observation before = then.moment().observation();
    Observation now = look(mark).observation();
    if (now.sessions().equals(before.sessions())) {
      return false;
    }
    // what a session has written is counted when it ends
    new ClusterRepair(server, admin).endVisits(mark.databases());
    return !look(mark).observation().written().containsAll(before.written());
  }

  private void swap(Template template, Clone clone) {
    String old = names.next("old");
    transactions.own(() -> admin.executeAtOnce(template.swapStatements(clone.name(), old)));
    Sessions.tell(admin, old);
    clones.discard(old);
  }

  /** The sequences of the main database, of the clone that is it now; the others are closed. */
  private Sequences main(Map<Template, Clone> taken) {
    Map<Boolean, List<Map.Entry<Template, Clone>>> parts =
        taken.entrySet().stream()
            .collect(Collectors.partitioningBy(entry -> entry.getKey().of().equals(main)));
    parts.get(false).forEach(entry -> entry.getValue().sequences().close());
    return parts.get(true).get(0).getValue().sequences();
  }

  private boolean isClusterRestored(Mark mark) {
    ClusterState now = ClusterState.of(admin, mark.templates().keySet());
    if (now.equals(mark.cluster())) {
      return true;
    }
    try {
      boolean done = new ClusterRepair(server, admin).repair(now, mark.cluster());
      List<String> left =
          ClusterState.of(admin, mark.templates().keySet()).differences(mark.cluster());
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
  private void settle(Mark mark, Sequences sequences) {
    String values = sequences.values();
    baseline = new Baseline(mark, look(mark), sequences, values);
    mark.templates().values().forEach(clones::order);
  }

  private void forgetBaseline() {
    Baseline old = baseline;
    baseline = null;
    if (old != null) {
      clones.later(old.sequences()::close);
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
        forgetBaseline();
      }
      dropped.templates().values().forEach(clones::discard);
    }
  }

  @Override
  public void handOver(String name) {
    List.copyOf(marks.keySet()).stream().filter(other -> !other.equals(name)).forEach(this::drop);
    clones.finish();
    if (baseline != null) {
      new HandOver(admin).leave(name, baseline.mark(), baseline.values());
    }
    close();
  }

  private void goOn(HandOver.Left left) {
    marks.put(left.name(), left.mark());
    left.mark().templates().values().forEach(clones::adopt);
    Sequences sequences = Sequences.of(server, main);
    if (left.untouched() && sequences.values().equals(left.sequences())) {
      settle(left.mark(), sequences);
    } else {
      sequences.close();
    }
  }

  @Override
  public String cleanSession() {
    return "discard all";
  }

  @Override
  public void forget() {
    forgetBaseline();
    clones.finish();
    clones.close();
    admin.close();
    OwnDatabases.drop(server);
  }

  @Override
  public void close() {
    if (baseline != null) {
      baseline.sequences().close();
      baseline = null;
    }
    clones.close();
    admin.close();
  }
}
