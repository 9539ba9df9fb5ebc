package io.github.dataspaces.prepare;

import io.github.dataspaces.config.SqlScript;
import io.github.dataspaces.dump.StatementReader;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
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
    try (ScriptSession session = ScriptSession.open(database)) {
      for (SqlScript script : scripts) {
        InputStream sql = new ByteArrayInputStream(script.sql().getBytes(StandardCharsets.UTF_8));
        new ScriptRun(session, script.name())
            .run(new StatementReader(sql, session.recipe().syntax()));
      }
    } catch (SQLException e) {
      throw ScriptFailure.unreachable(e);
    }
  }
}
