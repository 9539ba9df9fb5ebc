package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.Statement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Statements that are sent at once.
 *
 * @param statements the statements; at least one
 * @param inTransaction whether the script has begun a transaction
 * @param name what the script is called, for messages
 */
record StatementBatch(List<Statement> statements, boolean inTransaction, String name) {

  void run(ScriptSession session) {
    if (statements.size() == 1 || !runAtOnce(session)) {
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

  /** Whether all of it was done; nothing was if not. */
  private boolean runAtOnce(ScriptSession session) {
    String begin = inTransaction ? "savepoint dataspaces" : "begin";
    String end = inTransaction ? "release savepoint dataspaces" : "commit";
    String undo = inTransaction ? "rollback to savepoint dataspaces" : "rollback";
    try {
      session.execute(
          statements.stream()
              .map(Statement::text)
              .collect(Collectors.joining(";\n", begin + ";\n", ";\n" + end)));
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
