package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.Suggestion;
import io.github.dataspaces.prepare.TableGraph.Table;
import io.github.dataspaces.runtime.RunningDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Some of the tables of a database. Stateless.
 *
 * @param names what they are called, with their schema or without
 * @param withReferenced whether the tables that they refer to are meant too
 */
public record SelectedTables(List<String> names, boolean withReferenced) {

  private static final int MOST_NAMED = 30;

  public SelectedTables {
    names = List.copyOf(names);
  }

  /** How many tables a database has. */
  public static int count(RunningDatabase database) {
    return DumpImport.tables(database).size();
  }

  /**
   * Fails unless all of them are there.
   *
   * @param dataspace what the database is called, for the message
   * @throws DataspaceException {@code NOT_FOUND} with the tables that there are
   */
  public void requireIn(RunningDatabase database, String dataspace) {
    Set<Table> tables = DumpImport.tables(database);
    for (String name : names) {
      if (tables.stream().noneMatch(table -> table.isCalled(name))) {
        throw missing(name, dataspace, tables);
      }
    }
  }

  private static DataspaceException missing(String name, String dataspace, Set<Table> tables) {
    List<String> plain = tables.stream().map(Table::name).toList();
    String some =
        String.join(", ", tables.stream().map(Table::toString).sorted().limit(MOST_NAMED).toList());
    String there =
        tables.isEmpty()
            ? "There are none."
            : "There are: %s%s.".formatted(some, tables.size() > MOST_NAMED ? ", ..." : "");
    return new DataspaceException(
        Reason.NOT_FOUND,
        "There is no table '%s' in dataspace '%s'.".formatted(name, dataspace),
        "%s %s".formatted(Suggestion.phrase(name, plain), there).strip());
  }

  /**
   * Drops all others, the foreign keys that would lead to them, and the views of them.
   *
   * @param notices hears of keys and views that are lost
   */
  public void keepIn(RunningDatabase database, Consumer<String> notices) {
    Imports wanted = new Imports(List.of(), names, withReferenced);
    try (ScriptSession session = ScriptSession.open(database)) {
      new TableSelection(wanted, Set.of(), notices).apply(session);
    } catch (SQLException e) {
      throw ScriptFailure.unreachable(e);
    }
  }
}
