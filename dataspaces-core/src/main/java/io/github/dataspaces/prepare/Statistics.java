package io.github.dataspaces.prepare;

import io.github.dataspaces.prepare.TableGraph.Table;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Brings the planner's statistics up to date, of several tables at once. */
final class Statistics {

  private Statistics() {}

  static void renew(RunningDatabase database) throws SQLException, IOException {
    Queue<String> statements = new ConcurrentLinkedQueue<>();
    try (ScriptSession session = ScriptSession.open(database)) {
      for (Table table : TableGraph.tablesWithStatistics(session)) {
        statements.add(session.recipe().analyse(table.quoted(session)));
      }
    }
    int count = Math.min(Sessions.count(), statements.size());
    if (count > 0) {
      new Sessions(database, List.of()).run(count, session -> run(statements, session));
    }
  }

  private static void run(Queue<String> statements, ScriptSession session) throws SQLException {
    for (String sql = statements.poll(); sql != null; sql = statements.poll()) {
      session.execute(sql);
    }
  }
}
