package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.flavour.ConcurrencyRecipe;
import io.github.dataspaces.flavour.ConcurrencyRecipe.Indexes;
import io.github.dataspaces.runtime.RunningDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Inserts a table's rows over several connections at once, where nobody can tell afterwards, and
 * makes its indexes when they are there, beside the next table's rows. One thread hands the work
 * out.
 */
final class ConcurrentInserts implements SideWork {

  private static final String DEADLOCK = "40001";
  private static final int TRIES = 5;

  private final RunningDatabase database;
  private final ScriptSession script;
  private final String name;
  private final ConcurrencyRecipe recipe;
  private final ExecutorService threads = Executors.newFixedThreadPool(Sessions.count());
  private final BlockingQueue<ScriptSession> idle = new LinkedBlockingQueue<>();
  private final List<ScriptSession> all = new ArrayList<>();
  private final List<Future<?>> rows = new ArrayList<>();
  private final List<Future<?>> indexes = new ArrayList<>();

  /** What the sessions were told last. */
  private List<String> settings = List.of();

  /** Those of tables that are being filled. */
  private final List<Indexes> dropped = new ArrayList<>();

  /** Known until the script runs something else. */
  private final Map<String, Boolean> allowed = new HashMap<>();

  /**
   * @param script the session that runs all else; the others are made like it
   * @param name what the script is called, for messages
   */
  ConcurrentInserts(
      RunningDatabase database, ScriptSession script, String name, ConcurrencyRecipe recipe) {
    this.database = database;
    this.script = script;
    this.name = name;
    this.recipe = recipe;
  }

  /** Waits until there is somebody to run them. */
  @Override
  public boolean take(List<Statement> statements) {
    try {
      for (Statement statement : statements) {
        Optional<String> table = recipe.tableOf(statement);
        if (table.isEmpty() || !isAllowed(table.get())) {
          settle();
          return false;
        }
      }
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, statements.get(0), e);
    }
    StatementBatch batch = new StatementBatch(statements, false, false, name);
    give(rows, session -> insert(batch, session));
    return true;
  }

  /** Work for one connection. */
  @FunctionalInterface
  private interface Work {
    void run(ScriptSession session);
  }

  private void give(List<Future<?>> given, Work work) {
    try {
      ScriptSession session = idle.take();
      given.add(
          threads.submit(
              () -> {
                try {
                  work.run(session);
                } finally {
                  idle.add(session);
                }
              }));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private boolean isAllowed(String table) throws SQLException {
    Boolean known = allowed.get(table);
    if (known == null) {
      known = script.number(recipe.allowed(table)) > 0;
      if (known) {
        prepare(table);
      }
      allowed.put(table, known);
    }
    return known;
  }

  private void prepare(String table) throws SQLException {
    if (all.isEmpty()) {
      for (int i = 0; i < Sessions.count(); i++) {
        ScriptSession session = ScriptSession.open(database);
        all.add(session);
        idle.add(session);
      }
    }
    List<String> wanted = script.rows(script.recipe().settingsQuery()).get(0);
    if (!wanted.equals(settings)) {
      // what holds for the script's session holds for rows that others insert
      await(indexes);
      for (ScriptSession session : all) {
        session.executeAll(wanted);
      }
      settings = wanted;
    }
    String definition = script.rows(recipe.definitionQuery(table)).get(0).get(1);
    recipe.indexes(table, definition).ifPresent(this::drop);
  }

  private void drop(Indexes found) {
    try {
      script.execute(found.drop());
      dropped.add(found);
    } catch (SQLException e) {
      // one of them is needed: by a foreign key, or a column that counts
    }
  }

  private static void insert(StatementBatch batch, ScriptSession session) {
    for (int i = 1; i < TRIES; i++) {
      try {
        batch.run(session);
        return;
      } catch (DataspaceException e) {
        boolean undone =
            e.getCause() instanceof SQLException refusal && DEADLOCK.equals(refusal.getSQLState());
        if (!undone) {
          throw e;
        }
      }
    }
    batch.run(session);
  }

  /** What comes next may change what is allowed. It does not wait for indexes. */
  @Override
  public void settle() {
    allowed.clear();
    await(rows);
    dropped.forEach(one -> give(indexes, session -> make(one, session)));
    dropped.clear();
  }

  private void make(Indexes wanted, ScriptSession session) {
    try {
      session.execute(wanted.make().text());
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, wanted.make(), e);
    }
  }

  @Override
  public void finish() {
    settle();
    await(indexes);
  }

  private static void await(List<Future<?>> given) {
    List<RuntimeException> failures =
        given.stream().flatMap(future -> failure(future).stream()).toList();
    given.clear();
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private static Optional<RuntimeException> failure(Future<?> future) {
    try {
      future.get();
      return Optional.empty();
    } catch (InterruptedException e) {
      return Optional.of(interrupted(e));
    } catch (ExecutionException e) {
      return Optional.of(
          e.getCause() instanceof RuntimeException cause
              ? cause
              : new IllegalStateException(e.getCause()));
    }
  }

  private static RuntimeException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("the import was interrupted", e);
  }

  @Override
  public void close() throws SQLException {
    threads.shutdownNow();
    for (ScriptSession session : all) {
      session.close();
    }
  }
}
