package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.dump.StatementReader;
import io.github.dataspaces.flavour.ScriptRecipe;
import io.github.dataspaces.flavour.ScriptRecipe.Pardon;
import io.github.dataspaces.flavour.ScriptRecipe.Treatment;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs a script over one connection. Statements that change rows are sent many at once. Not
 * thread-safe.
 */
final class ScriptRun {

  private static final Set<String> CHANGES = Set.of("INSERT", "REPLACE", "UPDATE", "DELETE");
  private static final Set<String> BEGINNINGS = Set.of("BEGIN", "START");
  private static final Set<String> ENDS = Set.of("COMMIT", "ROLLBACK", "END", "ABORT");

  /** Databases that are the server's own, where dumps of all databases come by. */
  private static final Set<String> PASSED_THROUGH = Set.of("template1", "postgres");

  private static final int LARGE = 1 << 18;

  private final RunningDatabase database;
  private final Connection connection;
  private final ScriptRecipe recipe;
  private final String name;
  private final List<Statement> waiting = new ArrayList<>();
  private int waitingBytes;
  private boolean inTransaction;
  private long count;
  private Optional<String> visited = Optional.empty();

  /**
   * @param name what the script is called, for messages
   */
  ScriptRun(RunningDatabase database, Connection connection, String name) {
    this.database = database;
    this.connection = connection;
    this.recipe = database.flavour().scripts();
    this.name = name;
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
      flush();
      return count;
    } catch (IOException e) {
      throw ScriptFailure.unreadable(name, e);
    }
  }

  private void accept(Statement statement, StatementReader script) throws IOException {
    Treatment treatment = recipe.treat(statement, database.address().credentials());
    treatment.database().ifPresent(this::visit);
    if (!treatment.run()) {
      return;
    }
    if (CHANGES.contains(statement.keyword()) && statement.bytes().length < LARGE) {
      waiting.add(statement);
      waitingBytes += statement.bytes().length;
      if (waiting.size() >= recipe.atOnce() || waitingBytes >= LARGE) {
        flush();
      }
      return;
    }
    flush();
    if (script.isCopy(statement)) {
      copy(statement, script.encoding(), script.rows());
    } else {
      run(statement);
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
    List<Statement> batch = List.copyOf(waiting);
    waiting.clear();
    waitingBytes = 0;
    if (batch.size() == 1) {
      run(batch.get(0));
    } else if (!batch.isEmpty() && !runAtOnce(batch)) {
      // one of them is wrong, or has to be pardoned: that shows which
      batch.forEach(this::run);
    }
  }

  /** Whether all of it was done; nothing was if not. */
  private boolean runAtOnce(List<Statement> batch) {
    String begin = inTransaction ? "savepoint dataspaces" : "begin";
    String end = inTransaction ? "release savepoint dataspaces" : "commit";
    String undo = inTransaction ? "rollback to savepoint dataspaces" : "rollback";
    String text =
        batch.stream()
            .map(Statement::text)
            .collect(Collectors.joining(";\n", begin + ";\n", ";\n" + end));
    try {
      execute(text);
      return true;
    } catch (SQLException e) {
      try {
        execute(undo);
        return false;
      } catch (SQLException again) {
        throw ScriptFailure.refused(name, batch.get(0), e);
      }
    }
  }

  private void run(Statement statement) {
    String keyword = statement.keyword();
    boolean guarded = inTransaction && recipe.endsTransactionsOnErrors() && !ENDS.contains(keyword);
    try {
      if (guarded) {
        execute("savepoint dataspaces");
      }
      attempt(statement, guarded);
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, statement, e);
    }
    if (BEGINNINGS.contains(keyword)) {
      inTransaction = true;
    } else if (ENDS.contains(keyword) && !isToSavepoint(statement)) {
      inTransaction = false;
    }
  }

  private void attempt(Statement statement, boolean guarded) throws SQLException {
    try {
      execute(statement.text());
    } catch (SQLException e) {
      Pardon pardon = recipe.pardon(e, statement).orElseThrow(() -> e);
      if (guarded) {
        execute("rollback to savepoint dataspaces");
      }
      if (!pardon.first().isEmpty()) {
        for (String sql : pardon.first()) {
          execute(sql);
        }
        attempt(statement, guarded);
      }
    }
  }

  private static boolean isToSavepoint(Statement statement) {
    return statement.head(100).toLowerCase(Locale.ROOT).matches("(?s)rollback\\s.*\\bto\\b.*");
  }

  private void copy(Statement statement, Optional<String> encoding, InputStream rows)
      throws IOException {
    String sql = statement.text();
    String declared = encoding.map(known -> " with (encoding '%s')".formatted(known)).orElse("");
    try {
      CopyIn.copy(connection, sql.matches("(?is).*\\bstdin\\s*") ? sql + declared : sql, rows);
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, statement, e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
