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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a script. Statements that change rows are sent many at once. Not thread-safe. */
final class ScriptRun {

  private static final Set<String> CHANGES = Set.of("INSERT", "REPLACE", "UPDATE", "DELETE");
  private static final Set<String> BEGINNINGS = Set.of("BEGIN", "START");
  private static final Set<String> ENDS = Set.of("COMMIT", "ROLLBACK", "END", "ABORT");

  /** Databases that are the server's own, where dumps of all databases come by. */
  private static final Set<String> PASSED_THROUGH = Set.of("template1", "postgres");

  private static final Pattern AUTOCOMMIT =
      Pattern.compile("(?is)(?:/\\*M?!\\d*\\s*)?set\\b.*\\bautocommit\\s*=\\s*(\\w*).*");
  private static final Set<String> ON = Set.of("1", "on", "true");
  private static final int HEAD = 300;
  private static final int LARGE = 1 << 18;

  private final ScriptSession session;
  private final ScriptRecipe recipe;
  private final String name;
  private final Optional<SideWork> side;
  private final List<Statement> waiting = new ArrayList<>();
  private int waitingBytes;
  private boolean begun;
  private boolean autocommit = true;
  private long count;
  private Optional<String> visited = Optional.empty();

  /** Known until a statement is run that could change it. */
  private Optional<Boolean> together = Optional.empty();

  /**
   * @param name what the script is called, for messages
   */
  ScriptRun(ScriptSession session, String name) {
    this(session, name, Optional.empty());
  }

  /**
   * @param side what may run statements over more connections
   */
  ScriptRun(ScriptSession session, String name, Optional<SideWork> side) {
    this.session = session;
    this.side = side;
    this.recipe = session.recipe();
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
      settle();
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
    flush();
    if (!begun && isTaken(List.of(statement))) {
      return;
    }
    settle();
    if (script.isCopy(statement)) {
      copy(statement, script);
    } else {
      run(statement);
    }
  }

  private void change(Statement statement) {
    int length = statement.bytes().length;
    if (waitingBytes + length > LARGE) {
      flush();
    }
    waiting.add(statement);
    waitingBytes += length;
    if (waiting.size() >= recipe.atOnce()) {
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

  /** Has all done that was held back. */
  private void settle() {
    flush();
    side.ifPresent(SideWork::settle);
  }

  private void flush() {
    if (!waiting.isEmpty()) {
      List<Statement> statements = List.copyOf(waiting);
      if (begun || !isTaken(statements)) {
        new StatementBatch(statements, begun || !autocommit, areRowsPutTogether(), name)
            .run(session);
      }
      waiting.clear();
      waitingBytes = 0;
    }
  }

  /** Each of those that run them commits them by itself. */
  private boolean isTaken(List<Statement> statements) {
    return side.filter(others -> others.take(statements)).isPresent();
  }

  private boolean areRowsPutTogether() {
    if (together.isEmpty()) {
      try {
        together = Optional.of(session.insertsRowsTogether());
      } catch (SQLException e) {
        throw ScriptFailure.refused(name, waiting.get(0), e);
      }
    }
    return together.get();
  }

  private void run(Statement statement) {
    together = Optional.empty();
    String keyword = statement.keyword();
    try {
      session.run(statement, begun && !ENDS.contains(keyword));
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, statement, e);
    }
    Matcher setting = AUTOCOMMIT.matcher(statement.head(HEAD));
    if (BEGINNINGS.contains(keyword)) {
      begun = true;
    } else if (ENDS.contains(keyword) && !isToSavepoint(statement)) {
      begun = false;
    } else if (setting.matches()) {
      autocommit = ON.contains(setting.group(1).toLowerCase(Locale.ROOT));
    }
  }

  private static boolean isToSavepoint(Statement statement) {
    return statement.head(100).toLowerCase(Locale.ROOT).matches("(?s)rollback\\s.*\\bto\\b.*");
  }

  private void copy(Statement statement, StatementReader script) throws IOException {
    try {
      session.copy(statement.text(), script.encoding(), script.rows(), begun);
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, statement, e);
    }
  }
}
