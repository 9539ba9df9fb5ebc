package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.runtime.Readiness;
import io.github.dataspaces.runtime.RunningDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resets a PostgreSQL server by renaming: a mark is a sealed template of every database; going back
 * swaps a clone, made ahead, for each. Names, URLs and everything outside of the databases stay.
 */
final class TemplateClones implements FastReset {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final String CONTROL = ClusterState.PREFIX + "control";
  private static final String DATABASES =
      """
      select datname, pg_database_size(oid)
      from pg_database
      where datallowconn and not datistemplate and not starts_with(datname, 'dataspaces_')
        and (datname <> 'postgres' or datname = ?)
      """;
  private static final String OWN_DATABASES =
      "select datname from pg_database where starts_with(datname, 'dataspaces_') and datname <> ?";

  /** A session is counted when it ends, so those that live are told too. */
  private static final String OTHER_SESSIONS =
      """
      select d.datname, coalesce(s.sessions, 0),
        (select count(*) from pg_stat_activity a where a.datid = d.oid and backend_type = 'client backend')
      from pg_database d left join pg_stat_database s on s.datid = d.oid
      where not starts_with(d.datname, 'dataspaces_') and d.datname <> ?
      order by d.datname
      """;

  private final RunningDatabase server;
  private final String main;
  private final AdminConnection admin;
  private final Transactions transactions = new Transactions();
  private final CloneQueue clones;
  private final Map<String, Mark> marks = new HashMap<>();
  private @Nullable Sequences sequences;
  private @Nullable Baseline baseline;
  private final DatabaseNames names = new DatabaseNames();
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
  }

  /** A state that can be gone back to. */
  private record Mark(String name, ClusterState cluster, Map<String, Template> templates) {}

  /** What the server was like when it was last known to be as marked. */
  private record Baseline(
      String mark,
      Transactions.Moment moment,
      String configuration,
      String sequences,
      List<List<String>> otherSessions) {}

  @Override
  public void mark(String name) {
    closeObserver();
    Map<String, Template> templates =
        admin.query(DATABASES, main).stream()
            .map(row -> seal(row.get(0), Long.parseLong(row.get(1))))
            .collect(Collectors.toMap(Template::of, Function.identity()));
    Mark mark = new Mark(name, ClusterState.of(admin), templates);
    marks.put(name, mark);
    settle(mark);
  }

  private Template seal(String database, long size) {
    endSessions(database);
    String name = names.next("template");
    Template template = new Template(name, database, Template.strategyFor(size));
    Template original = new Template(database, database, template.strategy());
    transactions.own(() -> admin.execute(original.createStatement(name)));
    transactions.own(() -> admin.executeAtOnce(original.attributeStatements(name)));
    transactions.own(
        () ->
            admin.execute(
                "alter database \"%s\" is_template true allow_connections false".formatted(name)));
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
    boolean visited = isAnyVisited(mark);
    closeObserver();
    if (visited) {
      return beyond("another database than '%s' was used".formatted(main));
    }
    if (!ClusterState.of(admin).equals(mark.cluster())) {
      return beyond("roles, settings or other things outside of the databases were changed");
    }
    List<String> replaced = mark.templates().values().stream().map(this::swap).toList();
    settle(mark);
    replaced.forEach(clones::discard);
    return Outcome.RESET;
  }

  private Outcome beyond(String why) {
    obstacle = why;
    return Outcome.BEYOND;
  }

  private boolean isUntouched(Mark mark) {
    Baseline then = baseline;
    Sequences observed = sequences;
    return then != null
        && observed != null
        && then.mark().equals(mark.name())
        && !transactions.writtenSince(then.moment(), admin)
        && ClusterState.configuration(admin).equals(then.configuration())
        && observed.values().equals(then.sequences())
        && otherSessions().equals(then.otherSessions());
  }

  /** Whether anybody has been in a database that the mark has no template of. */
  private boolean isAnyVisited(Mark mark) {
    List<List<String>> then = baseline == null ? List.of() : baseline.otherSessions();
    return otherSessions().stream()
        .filter(row -> !mark.templates().containsKey(row.get(0)))
        .anyMatch(row -> !then.contains(row));
  }

  private List<List<String>> otherSessions() {
    return admin.query(OTHER_SESSIONS, main);
  }

  /** The name that the replaced database has now. */
  private String swap(Template template) {
    String clone = clones.take(template);
    String old = names.next("old");
    endSessions(template.of());
    transactions.own(
        () ->
            admin.executeAtOnce(
                List.of(
                    "alter database \"%s\" rename to \"%s\"".formatted(template.of(), old),
                    "alter database \"%s\" rename to \"%s\"".formatted(clone, template.of()))));
    return old;
  }

  /** From here on whatever is written is a change; the next clones are made meanwhile. */
  private void settle(Mark mark) {
    Sequences observer = Sequences.of(server, main);
    sequences = observer;
    baseline =
        new Baseline(
            mark.name(),
            transactions.now(admin),
            ClusterState.configuration(admin),
            observer.values(),
            otherSessions());
    mark.templates().values().forEach(clones::order);
  }

  private void closeObserver() {
    if (sequences != null) {
      sequences.close();
      sequences = null;
    }
  }

  /**
   * Ends every connection to a database and waits until they are gone: nothing can be renamed or
   * cloned before.
   */
  private void endSessions(String database) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    String sql = "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = ?";
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

  @Override
  public String obstacle() {
    return obstacle;
  }

  @Override
  public void forget() {
    closeObserver();
    clones.finish();
    for (List<String> row : admin.query(OWN_DATABASES, CONTROL)) {
      admin.execute("alter database \"%s\" is_template false".formatted(row.get(0)));
      admin.execute("drop database \"%s\"".formatted(row.get(0)));
    }
    close();
    try (AdminConnection last = AdminConnection.open(server, main)) {
      last.execute("drop database " + CONTROL);
    }
  }

  @Override
  public void close() {
    closeObserver();
    clones.close();
    admin.close();
  }
}
