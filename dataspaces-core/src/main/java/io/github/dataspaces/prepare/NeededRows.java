package io.github.dataspaces.prepare;

import io.github.dataspaces.config.Selection;
import io.github.dataspaces.dump.TocEntry;
import io.github.dataspaces.prepare.TableGraph.Key;
import io.github.dataspaces.prepare.TableGraph.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of an archive whose rows have to be read, when its tables have been made and its keys
 * have not: those are in its table of contents.
 */
final class NeededRows {

  private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[^\\s\".(]+)";
  private static final Pattern KEY =
      Pattern.compile(
          "ALTER TABLE (?:ONLY )?%s\\.%s\\s+ADD CONSTRAINT .*? REFERENCES %s\\.%s\\s*\\(.*"
              .formatted(NAME, NAME, NAME, NAME),
          Pattern.DOTALL);

  private NeededRows() {}

  /**
   * @return them; empty if all may be needed
   */
  static Optional<Set<Table>> of(List<TocEntry> entries, Selection selection, ScriptSession session)
      throws SQLException {
    Set<Table> tables = TableGraph.tables(session);
    List<Key> keys = new ArrayList<>();
    for (TocEntry entry : entries) {
      if (entry.type().equals("FK CONSTRAINT")) {
        Matcher key = KEY.matcher(entry.definition());
        if (!key.matches()) {
          return Optional.empty();
        }
        Table table = new Table(plain(key.group(1)), plain(key.group(2)));
        Table referenced = new Table(plain(key.group(3)), plain(key.group(4)));
        if (!tables.contains(table) || !tables.contains(referenced)) {
          return Optional.empty();
        }
        keys.add(new Key(entry.tag(), table, List.of(), referenced, List.of()));
      }
    }
    TableGraph graph = new TableGraph(tables, keys, TableGraph.parts(session));
    return Optional.of(
        new TableSelection(selection, "the dump", Set.of(), notice -> {}).wanted(graph));
  }

  private static String plain(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }
}
