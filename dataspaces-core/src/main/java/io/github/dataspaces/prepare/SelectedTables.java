package io.github.dataspaces.prepare;

import io.github.dataspaces.config.Selection;
import io.github.dataspaces.prepare.TableGraph.Table;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Some of the tables and rows of a database. Stateless.
 *
 * @param selection which
 */
public record SelectedTables(Selection selection) {

  /** How many tables a database has. */
  public static int count(RunningDatabase database) {
    return DumpImport.tables(database).size();
  }

  /**
   * Fails unless all of them are there.
   *
   * @param dataspace what the database is called, for the message
   * @throws io.github.dataspaces.config.DataspaceException {@code NOT_FOUND} with the tables that
   *     there are
   */
  public void requireIn(RunningDatabase database, String dataspace) {
    Set<Table> tables = DumpImport.tables(database);
    for (String name : names()) {
      TableGraph.named(name, tables, "dataspace '%s'".formatted(dataspace), "");
    }
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>(selection.tables());
    names.addAll(selection.limits().keySet());
    return names;
  }

  /**
   * Drops all other tables, the foreign keys that would lead to them, and the views of them, and
   * deletes all other rows.
   *
   * @param notices hears of keys and views that are lost
   */
  public void keepIn(RunningDatabase database, Consumer<String> notices) {
    try (ScriptSession session = ScriptSession.open(database)) {
      keepIn(session, Set.of(), "the dataspace", notices);
    } catch (SQLException | IOException e) {
      throw ScriptFailure.unreachable(e);
    }
  }

  /**
   * @param earlier the tables that are not part of it, and stay
   * @param place what it is, for messages
   */
  void keepIn(ScriptSession session, Set<Table> earlier, String place, Consumer<String> notices)
      throws SQLException, IOException {
    if (!selection.tables().isEmpty()) {
      new TableSelection(selection, place, earlier, notices).apply(session);
    }
    if (!selection.limits().isEmpty()) {
      WorkTables.reduce(session, earlier, selection);
    }
  }
}
