package io.github.dataspaces.prepare;

import io.github.dataspaces.config.Selection;
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

  private final Selection selection;
  private final String place;
  private final Set<Table> earlier;
  private final Consumer<String> notices;

  /**
   * @param place what it is imported from, for messages
   * @param earlier the tables that were there before, which stay
   * @param notices hears of what is lost
   */
  TableSelection(Selection selection, String place, Set<Table> earlier, Consumer<String> notices) {
    this.selection = selection;
    this.place = place;
    this.earlier = Set.copyOf(earlier);
    this.notices = notices;
  }

  void apply(ScriptSession session) throws SQLException {
    TableGraph graph = TableGraph.read(session);
    Set<Table> wanted = wanted(graph);
    for (Key key : dangling(graph, wanted)) {
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

  /** The keys that lead out of what is wanted, after telling of them. */
  private List<Key> dangling(TableGraph graph, Set<Table> wanted) {
    List<Key> dangling =
        graph.keys().stream()
            .filter(key -> wanted.contains(key.table()) && !wanted.contains(key.referenced()))
            .toList();
    dangling.forEach(
        key ->
            notices.accept(
                "Dropped the foreign key %s of %s: %s, which it refers to, was not asked for"
                    .formatted(key.name(), key.table(), key.referenced())));
    return dangling;
  }

  /** What is left of the tables, after telling of the keys that are not. */
  TableGraph narrowed(TableGraph graph) {
    if (selection.tables().isEmpty()) {
      return graph;
    }
    Set<Table> wanted = wanted(graph);
    dangling(graph, wanted);
    return new TableGraph(
        wanted,
        graph.keys().stream()
            .filter(key -> wanted.contains(key.table()) && wanted.contains(key.referenced()))
            .toList(),
        graph.parts().stream()
            .filter(part -> wanted.contains(part.table()) && wanted.contains(part.whole()))
            .toList());
  }

  /** The tables that are wanted, and those that stay anyway. */
  Set<Table> wanted(TableGraph graph) {
    Deque<Table> open = new ArrayDeque<>(earlier);
    for (String name : selection.tables()) {
      open.addAll(TableGraph.named(name, graph.tables(), place, TableGraph.NOTHING_KEPT));
    }
    Set<Table> wanted = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      Table table = open.pop();
      if (wanted.add(table)) {
        open.addAll(graph.partsOf(table));
        if (selection.withReferenced()) {
          open.addAll(graph.referencedBy(table));
        }
      }
    }
    return wanted;
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
