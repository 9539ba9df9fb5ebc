package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Makes the indexes of several tables at once: holds back the statements for them while nothing
 * else comes in the dump. Those of one table are made in the dump's order.
 */
final class ConcurrentIndexes implements SideWork {

  private final RunningDatabase database;
  private final ScriptSession script;
  private final String name;
  private final Map<String, List<Statement>> held = new LinkedHashMap<>();

  /**
   * @param script the session that runs all else; the others are made like it
   * @param name what the script is called, for messages
   */
  ConcurrentIndexes(RunningDatabase database, ScriptSession script, String name) {
    this.database = database;
    this.script = script;
    this.name = name;
  }

  @Override
  public boolean take(List<Statement> statements) {
    for (Statement statement : statements) {
      Optional<String> table = script.recipe().indexedTable(statement);
      if (table.isEmpty()) {
        settle();
        return false;
      }
      held.computeIfAbsent(table.get(), none -> new ArrayList<>()).add(statement);
    }
    return true;
  }

  @Override
  public void settle() {
    if (held.isEmpty()) {
      return;
    }
    Queue<List<Statement>> tables = new ConcurrentLinkedQueue<>(held.values());
    int count = Math.min(Sessions.count(), tables.size());
    // fewer leave processors over, for several processes each
    boolean sharing = count == Sessions.count();
    held.clear();
    try {
      List<String> settings = script.rows(script.recipe().settingsQuery()).get(0);
      new Sessions(database, settings)
          .run(
              count,
              session -> {
                if (sharing) {
                  session.executeAll(session.recipe().beginIndexes(count));
                }
                run(tables, session);
              });
    } catch (SQLException | IOException e) {
      throw ScriptFailure.unreachable(e);
    }
  }

  private void run(Queue<List<Statement>> tables, ScriptSession session) {
    try {
      for (List<Statement> all = tables.poll(); all != null; all = tables.poll()) {
        for (Statement statement : all) {
          run(statement, session);
        }
      }
    } catch (RuntimeException e) {
      // there is no use in what is left
      tables.clear();
      throw e;
    }
  }

  private void run(Statement statement, ScriptSession session) {
    try {
      session.run(statement, false);
    } catch (SQLException e) {
      throw ScriptFailure.refused(name, statement, e);
    }
  }

  @Override
  public void finish() {
    settle();
  }

  @Override
  public void close() {
    held.clear();
  }
}
