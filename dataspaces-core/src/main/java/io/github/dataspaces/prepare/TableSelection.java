package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.Suggestion;
import io.github.dataspaces.prepare.TableGraph.Key;
import io.github.dataspaces.prepare.TableGraph.Table;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes away what was imported and is not wanted. All of a dump is imported first, so that every
 * constraint that stays has been checked against rows that are there, and every sequence stands
 * where it stood.
 */
final class TableSelection {

  private final Imports imports;
  private final Set<Table> earlier;
  private final Consumer<String> notices;

  /**
   * @param earlier the tables that were there before, which stay
   * @param notices hears of what is lost
   */
  TableSelection(Imports imports, Set<Table> earlier, Consumer<String> notices) {
    this.imports = imports;
    this.earlier = Set.copyOf(earlier);
    this.notices = notices;
  }

  void apply(ScriptSession session) throws SQLException {
    TableGraph graph = TableGraph.read(session);
    Set<Table> wanted = wanted(graph);
    List<Key> dangling =
        graph.keys().stream()
            .filter(key -> wanted.contains(key.table()) && !wanted.contains(key.referenced()))
            .toList();
    for (Key key : dangling) {
      notices.accept(
          "Dropped the foreign key %s of %s: %s, which it refers to, was not asked for"
              .formatted(key.name(), key.table(), key.referenced()));
      session.executeAll(
          session.recipe().dropForeignKey(key.table().quoted(session), session.quote(key.name())));
    }
    for (Table table : graph.tables()) {
      if (!wanted.contains(table)) {
        session.executeAll(session.recipe().dropTable(table.quoted(session)));
      }
    }
    dropBrokenViews(session);
  }

  private Set<Table> wanted(TableGraph graph) {
    Deque<Table> open = new ArrayDeque<>(earlier);
    imports.tables().forEach(name -> open.addAll(named(name, graph)));
    Set<Table> wanted = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      Table table = open.pop();
      if (wanted.add(table)) {
        open.addAll(graph.partsOf(table));
        if (imports.withReferenced()) {
          open.addAll(graph.referencedBy(table));
        }
      }
    }
    return wanted;
  }

  private static List<Table> named(String name, TableGraph graph) {
    List<Table> found = graph.tables().stream().filter(table -> table.isCalled(name)).toList();
    if (found.isEmpty()) {
      List<String> names = graph.tables().stream().map(Table::name).toList();
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "There is no table '%s' in the dump.".formatted(name),
          "%s Nothing of it was kept.".formatted(Suggestion.phrase(name, names)).strip());
    }
    return found;
  }

  /** Some engines keep views whose tables are gone. */
  private void dropBrokenViews(ScriptSession session) throws SQLException {
    for (Table view : TableGraph.views(session)) {
      try {
        session.execute("select 1 from " + view.quoted(session) + " where 1 = 0");
      } catch (SQLException e) {
        notices.accept("Dropped the view %s: what it shows was not asked for".formatted(view));
        session.execute("drop view " + view.quoted(session));
      }
    }
  }
}
