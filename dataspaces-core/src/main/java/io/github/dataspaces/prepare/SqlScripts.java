package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.SqlScript;
import io.github.dataspaces.runtime.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs SQL scripts in order, as the engine's own client would.
 *
 * @param scripts the scripts
 */
public record SqlScripts(List<SqlScript> scripts) implements Preparer {

  @Override
  public String fingerprint() {
    return scripts.stream()
        .map(SqlScript::sql)
        .collect(Collectors.joining("\n;\n", "sql-scripts\n", ""));
  }

  @Override
  public void prepare(RunningDatabase database) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (SqlScript script : scripts) {
        run(statement, script, database);
      }
    } catch (SQLException e) {
      throw failed("The database cannot be reached", e);
    }
  }

  private static void run(Statement statement, SqlScript script, RunningDatabase database) {
    try {
      statement.setEscapeProcessing(false);
      for (String part : database.statements(script.sql())) {
        statement.execute(part);
      }
    } catch (SQLException e) {
      throw failed("The script %s failed".formatted(script.name()), e);
    }
  }

  private static DataspaceException failed(String what, SQLException e) {
    return new DataspaceException(
        Reason.INVALID,
        "%s: %s.".formatted(what, e.getMessage()),
        "Correct it and run this again; nothing of it was kept.",
        e);
  }
}
