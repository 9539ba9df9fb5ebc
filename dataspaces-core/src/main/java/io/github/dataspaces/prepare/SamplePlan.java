package io.github.dataspaces.prepare;

import io.github.dataspaces.config.RowLimit;
import io.github.dataspaces.config.Selection;
import io.github.dataspaces.prepare.TableGraph.Key;
import io.github.dataspaces.prepare.TableGraph.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which tables keep which of their rows. Partitions are no tables here: their rows are those of the
 * table that they are partitions of.
 *
 * @param limited tables of which some rows are wanted
 * @param followed for each table whose rows follow those of others, a key to one of those, in an
 *     order in which those come first
 * @param referred tables of which only those rows are wanted that others refer to
 * @param whole tables that keep all of their rows
 * @param keys the keys between all of them
 */
record SamplePlan(
    Map<Table, RowLimit> limited,
    List<Key> followed,
    Set<Table> referred,
    Set<Table> whole,
    List<Key> keys) {

  /**
   * @param earlier tables that were there before, which stay as they are
   */
  static SamplePlan of(TableGraph graph, Set<Table> earlier, Selection selection) {
    Set<Table> tables = new LinkedHashSet<>();
    graph.tables().stream()
        .filter(table -> !earlier.contains(table))
        .forEach(table -> tables.add(graph.holder(table)));
    Map<Table, RowLimit> limited = new LinkedHashMap<>();
    selection
        .limits()
        .forEach(
            (name, limit) ->
                TableGraph.named(name, tables, "what is imported", TableGraph.NOTHING_KEPT)
                    .forEach(table -> limited.put(table, limit)));
    boolean all = selection.tables().isEmpty() || limited.isEmpty();
    Set<Table> named = all ? tables : named(graph, selection.tables());
    List<Key> keys = keys(graph, earlier);
    List<Key> followed = followed(keys, named, limited.keySet());
    Set<Table> referred = new LinkedHashSet<>(tables);
    referred.removeAll(named);
    referred.removeAll(limited.keySet());
    Set<Table> whole = new LinkedHashSet<>(tables);
    whole.removeAll(limited.keySet());
    whole.removeAll(referred);
    followed.forEach(key -> whole.remove(key.table()));
    return new SamplePlan(limited, followed, referred, whole, keys);
  }

  private static Set<Table> named(TableGraph graph, List<String> names) {
    Deque<Table> open = new ArrayDeque<>();
    graph.tables().stream()
        .filter(table -> names.stream().anyMatch(table::isCalled))
        .forEach(open::add);
    Set<Table> found = new LinkedHashSet<>();
    Set<Table> holders = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      Table table = open.pop();
      if (found.add(table)) {
        holders.add(graph.holder(table));
        open.addAll(graph.partsOf(table));
      }
    }
    return holders;
  }

  /** Those of partitions are taken for keys of all their rows. */
  private static List<Key> keys(TableGraph graph, Set<Table> earlier) {
    Set<Key> keys = new LinkedHashSet<>();
    for (Key key : graph.keys()) {
      if (!earlier.contains(key.table())) {
        keys.add(
            new Key(
                "",
                graph.holder(key.table()),
                key.columns(),
                graph.holder(key.referenced()),
                key.referencedColumns()));
      }
    }
    return List.copyOf(keys);
  }

  private static List<Key> followed(List<Key> keys, Set<Table> named, Collection<Table> limited) {
    List<Key> followed = new ArrayList<>();
    Set<Table> reduced = new LinkedHashSet<>(limited);
    boolean more = true;
    while (more) {
      more = false;
      for (Key key : keys) {
        if (named.contains(key.table())
            && reduced.contains(key.referenced())
            && reduced.add(key.table())) {
          followed.add(key);
          more = true;
        }
      }
    }
    return followed;
  }

  /** The tables that may lose rows. */
  Set<Table> reduced() {
    Set<Table> reduced = new LinkedHashSet<>(limited.keySet());
    followed.forEach(key -> reduced.add(key.table()));
    reduced.addAll(referred);
    return reduced;
  }

  /**
   * The keys whose rows go where what they refer to goes: of tables that follow, to tables that are
   * limited or follow.
   */
  List<Key> binding() {
    Set<Table> following = new LinkedHashSet<>();
    followed.forEach(key -> following.add(key.table()));
    return keys.stream()
        .filter(key -> following.contains(key.table()))
        .filter(
            key -> following.contains(key.referenced()) || limited.containsKey(key.referenced()))
        .toList();
  }

  /** The keys from a table to one that may lose rows. */
  List<Key> keysOf(Table table) {
    Set<Table> reduced = reduced();
    return keys.stream()
        .filter(key -> key.table().equals(table) && reduced.contains(key.referenced()))
        .toList();
  }

  /** The columns, one list for each way, by which others refer to a table. */
  Set<List<String>> referencedColumns(Table table) {
    Set<List<String>> found = new LinkedHashSet<>();
    keys.stream()
        .filter(key -> key.referenced().equals(table))
        .forEach(key -> found.add(key.referencedColumns()));
    return found;
  }
}
