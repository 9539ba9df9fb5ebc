package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.dump.StatementReader;
import io.github.dataspaces.flavour.ScriptRecipe;
import io.github.dataspaces.flavour.ScriptRecipe.Treatment;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a script. Statements that change rows are sent many at once, and by the side if there are
 * connections for that. Not thread-safe.
 */
final class ScriptRun {

  private static final Set<String> CHANGES = Set.of("INSERT", "REPLACE", "UPDATE", "DELETE");
  private static final Set<String> BEGINNINGS = Set.of("BEGIN", "START");
  private static final Set<String> ENDS = Set.of("COMMIT", "ROLLBACK", "END", "ABORT");

  /** Databases that are the server's own, where dumps of all databases come by. */
  private static final Set<String> PASSED_THROUGH = Set.of("template1", "postgres");

  private static final int LARGE = 1 << 18;

  private final ScriptSession session;
  private final ScriptRecipe recipe;
  private final String name;
  private final Optional<SideSessions> sides;
  private final List<Statement> waiting = new ArrayList<>();
  private final List<Statement> later = new ArrayList<>();
  private int waitingBytes;
  private boolean inTransaction;
  private boolean changed;
  private long count;
  private Optional<String> visited = Optional.empty();

  /**
   * @param name what the script is called, for messages
   */
  ScriptRun(ScriptSession session, String name) {
    this(session, name, Optional.empty());
  }

  /**
   * @param sides connections for what changes rows, of a script in which the order of that does not
   *     matter
   */
  ScriptRun(ScriptSession session, String name, Optional<SideSessions> sides) {
    this.session = session;
    this.recipe = session.recipe();
    this.name = name;
    this.sides = sides;
  }

  /**
   * Runs a script to its end.
   *
   * @return how many statements it had
   * @throws DataspaceException naming the statement that failed
   */
  long run(StatementReader script) {
    try {
      for (Optional<Statement> next = script.next(); next.isPresent(); next = script.next()) {
        script.database().ifPresent(this::visit);
        count++;
        accept(next.get(), script);
      }
      settle();
      runLater();
      return count;
    } catch (IOException e) {
      throw ScriptFailure.unreadable(name, e);
    }
  }

  private void accept(Statement statement, StatementReader script) throws IOException {
    Treatment treatment = recipe.treat(statement, session.own());
    treatment.database().ifPresent(this::visit);
    if (!treatment.run()) {
      return;
    }
    if (CHANGES.contains(statement.keyword())) {
      change(statement);
      return;
    }
    settle();
    if (treatment.everywhere()) {
      everywhere(statement);
    } else if (changed) {
      runLater();
    }
    if (script.isCopy(statement)) {
      copy(statement, script);
    } else {
      run(sides.isPresent() ? withoutLater(statement) : statement);
    }
  }

  private void change(Statement statement) {
    changed = true;
    waiting.add(statement);
    waitingBytes += statement.bytes().length;
    if (waiting.size() >= recipe.atOnce() || waitingBytes >= LARGE) {
      flush();
    }
  }

  /** All goes into one database, so that a dump of several would be mixed up. */
  private void visit(String other) {
    if (PASSED_THROUGH.contains(other) || visited.filter(other::equals).isPresent()) {
      return;
    }
    if (visited.isPresent()) {
      throw new DataspaceException(
          Reason.INVALID,
          "The script %s is for several databases, '%s' and '%s'."
              .formatted(name, visited.get(), other),
          "Dump one database at a time; nothing of it was kept.");
    }
    visited = Optional.of(other);
  }

  private void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    StatementBatch batch = new StatementBatch(List.copyOf(waiting), inTransaction, name);
    waiting.clear();
    waitingBytes = 0;
    if (sides.isPresent() && !inTransaction) {
      sides.get().submit(batch);
    } else {
      batch.run(session);
    }
  }

  private void settle() {
    flush();
    sides.ifPresent(SideSessions::settle);
  }

  private void everywhere(Statement statement) {
    try {
      if (sides.isPresent()) {
        sides.get().everywhere(statement);
      }
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, statement, e);
    }
  }

  /** What of a statement is better done after the rows have come is kept for then. */
  private Statement withoutLater(Statement statement) {
    Optional<ScriptRecipe.Split> split = recipe.split(statement);
    split.ifPresent(parts -> later.add(statement.with(parts.later())));
    return split.map(parts -> statement.with(parts.now())).orElse(statement);
  }

  private void runLater() {
    changed = false;
    later.forEach(this::run);
    later.clear();
  }

  private void run(Statement statement) {
    String keyword = statement.keyword();
    boolean guarded = inTransaction && !ENDS.contains(keyword);
    try {
      session.run(statement, guarded);
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, statement, e);
    }
    if (BEGINNINGS.contains(keyword)) {
      inTransaction = true;
    } else if (ENDS.contains(keyword) && !isToSavepoint(statement)) {
      inTransaction = false;
    }
  }

  private static boolean isToSavepoint(Statement statement) {
    return statement.head(100).toLowerCase(Locale.ROOT).matches("(?s)rollback\\s.*\\bto\\b.*");
  }

  private void copy(Statement statement, StatementReader script) throws IOException {
    try {
      session.copy(statement.text(), script.encoding(), script.rows());
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, statement, e);
    }
  }
}
