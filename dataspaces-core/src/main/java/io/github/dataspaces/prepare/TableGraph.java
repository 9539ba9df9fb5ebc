package io.github.dataspaces.prepare;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables of a database, and which refer to which.
 *
 * @param tables all tables
 * @param keys all foreign keys
 * @param parts the tables that are parts of others, by those
 */
record TableGraph(Set<Table> tables, List<Key> keys, Map<Table, List<Table>> parts) {

  /**
   * A table.
   *
   * @param schema its schema; empty where an engine has none
   */
  record Table(String schema, String name) {

    boolean isCalled(String text) {
      return text.equals(name) || text.equals(schema + "." + name);
    }

    String quoted(ScriptSession session) throws SQLException {
      return schema.isEmpty()
          ? session.quote(name)
          : session.quote(schema) + "." + session.quote(name);
    }

    @Override
    public String toString() {
      return schema.isEmpty() ? name : schema + "." + name;
    }
  }

  /** A foreign key. */
  record Key(String name, Table table, Table referenced) {}

  static TableGraph read(ScriptSession session) throws SQLException {
    Set<Table> tables = tables(session);
    List<Key> keys = new ArrayList<>();
    for (Table table : tables) {
      keys.addAll(keys(session, table));
    }
    Map<Table, List<Table>> parts = new LinkedHashMap<>();
    Optional<String> query = session.recipe().partsQuery();
    if (query.isPresent()) {
      readParts(session, query.get(), parts);
    }
    return new TableGraph(tables, keys, parts);
  }

  /** The tables that there are. */
  static Set<Table> tables(ScriptSession session) throws SQLException {
    return named(session, "TABLE", "PARTITIONED TABLE", "FOREIGN TABLE", "BASE TABLE");
  }

  /** The views that there are. */
  static Set<Table> views(ScriptSession session) throws SQLException {
    return named(session, "VIEW");
  }

  private static Set<Table> named(ScriptSession session, String... types) throws SQLException {
    Set<Table> found = new LinkedHashSet<>();
    DatabaseMetaData metadata = session.connection().getMetaData();
    try (ResultSet rows = metadata.getTables(session.connection().getCatalog(), null, "%", types)) {
      while (rows.next()) {
        found.add(table(rows, "TABLE"));
      }
    }
    return found;
  }

  private static List<Key> keys(ScriptSession session, Table table) throws SQLException {
    List<Key> keys = new ArrayList<>();
    String schema = table.schema().isEmpty() ? null : table.schema();
    try (ResultSet rows =
        session
            .connection()
            .getMetaData()
            .getImportedKeys(session.connection().getCatalog(), schema, table.name())) {
      while (rows.next()) {
        if (rows.getInt("KEY_SEQ") == 1) {
          keys.add(new Key(rows.getString("FK_NAME"), table, table(rows, "PKTABLE")));
        }
      }
    }
    return keys;
  }

  private static Table table(ResultSet rows, String prefix) throws SQLException {
    String schema = rows.getString(prefix + "_SCHEM");
    return new Table(schema == null ? "" : schema, rows.getString(prefix + "_NAME"));
  }

  private static void readParts(ScriptSession session, String query, Map<Table, List<Table>> parts)
      throws SQLException {
    try (java.sql.Statement statement = session.connection().createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        Table whole = new Table(rows.getString(1), rows.getString(2));
        Table part = new Table(rows.getString(3), rows.getString(4));
        parts.computeIfAbsent(whole, none -> new ArrayList<>()).add(part);
      }
    }
  }

  /** The tables that a table refers to. */
  List<Table> referencedBy(Table table) {
    return keys.stream().filter(key -> key.table().equals(table)).map(Key::referenced).toList();
  }

  /**
   * What is gone, or incomplete, without the other: the parts of a table, and what it is part of.
   */
  List<Table> partsOf(Table table) {
    List<Table> found = new ArrayList<>(parts.getOrDefault(table, List.of()));
    parts.forEach(
        (whole, all) -> {
          if (all.contains(table)) {
            found.add(whole);
          }
        });
    return found;
  }
}
