package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.flavour.ScriptRecipe.Count;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Statements that are sent at once.
 *
 * @param statements the statements; at least one
 * @param inTransaction whether the script decides when what they do is committed
 * @param together whether rows may be inserted together
 * @param name what the script is called, for messages
 */
record StatementBatch(
    List<Statement> statements, boolean inTransaction, boolean together, String name) {

  /** A statement may end with a comment, which must not take in what delimits it. */
  private static final String NEXT = "\n;\n";

  void run(ScriptSession session) {
    if (statements.size() == 1) {
      run(session, statements.get(0));
    } else if (session.recipe().count().isPresent()) {
      runCounted(session, session.recipe().count().get());
    } else if (!runAtOnce(session)) {
      // one of them is wrong, or has to be pardoned: that shows which
      statements.forEach(statement -> run(session, statement));
    }
  }

  private void run(ScriptSession session, Statement statement) {
    try {
      session.run(statement, inTransaction);
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, statement, e);
    }
  }

  /** The server goes no further than to the first that is wrong, and knows which that is. */
  private void runCounted(ScriptSession session, Count count) {
    String all =
        IntStream.range(0, statements.size())
            .mapToObj(i -> count.keep().formatted(i) + NEXT + statements.get(i).text())
            .collect(Collectors.joining(NEXT));
    try {
      session.execute(inTransaction ? all : "begin" + NEXT + all + NEXT + "commit");
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, statements.get(reached(session, count, e)), e);
    }
  }

  private static int reached(ScriptSession session, Count count, SQLException refusal) {
    try {
      return Math.toIntExact(session.number(count.kept()));
    } catch (SQLException e) {
      refusal.addSuppressed(e);
      return 0;
    }
  }

  private List<String> texts() {
    return together
        ? RowsTogether.of(statements)
        : statements.stream().map(Statement::text).toList();
  }

  /** Whether all of it was done; nothing was if not. */
  private boolean runAtOnce(ScriptSession session) {
    String begin = inTransaction ? "savepoint dataspaces" : "begin";
    String end = inTransaction ? "release savepoint dataspaces" : "commit";
    String undo = inTransaction ? "rollback to savepoint dataspaces" : "rollback";
    try {
      session.execute(begin + NEXT + String.join(NEXT, texts()) + NEXT + end);
      return true;
    } catch (SQLException e) {
      try {
        session.execute(undo);
        return false;
      } catch (SQLException again) {
        throw ScriptFailure.refused(name, statements.get(0), e);
      }
    }
  }
}
