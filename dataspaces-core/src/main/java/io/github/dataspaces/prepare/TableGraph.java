package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Suggestion;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
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
 * @param parts the tables that are parts of others
 */
record TableGraph(Set<Table> tables, List<Key> keys, List<Part> parts) {

  /** What becomes of an import that asks for what is not there. */
  static final String NOTHING_KEPT = "Nothing of it was kept.";

  private static final int MOST_NAMED = 30;

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

  /**
   * A foreign key.
   *
   * @param columns the columns that refer to {@code referencedColumns}, one to one
   */
  record Key(
      String name,
      Table table,
      List<String> columns,
      Table referenced,
      List<String> referencedColumns) {}

  /**
   * A table that is part of another.
   *
   * @param partition whether its rows are the other's
   */
  record Part(Table whole, Table table, boolean partition) {}

  static TableGraph read(ScriptSession session) throws SQLException {
    Set<Table> tables = tables(session);
    List<Key> keys = new ArrayList<>();
    for (Table table : tables) {
      keys.addAll(keys(session, table));
    }
    return new TableGraph(tables, keys, parts(session));
  }

  /** The tables that there are. */
  static Set<Table> tables(ScriptSession session) throws SQLException {
    return named(session, "TABLE", "PARTITIONED TABLE", "FOREIGN TABLE", "BASE TABLE");
  }

  /** All that rows are stored of, here and not on another server. */
  static Set<Table> tablesWithStatistics(ScriptSession session) throws SQLException {
    return named(session, "TABLE", "PARTITIONED TABLE", "BASE TABLE", "MATERIALIZED VIEW");
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
    Map<List<Object>, Key> keys = new LinkedHashMap<>();
    String schema = table.schema().isEmpty() ? null : table.schema();
    try (ResultSet rows =
        session
            .connection()
            .getMetaData()
            .getImportedKeys(session.connection().getCatalog(), schema, table.name())) {
      while (rows.next()) {
        String name = rows.getString("FK_NAME");
        Table referenced = table(rows, "PKTABLE");
        Key key =
            keys.computeIfAbsent(
                List.of(name, referenced),
                none -> new Key(name, table, new ArrayList<>(), referenced, new ArrayList<>()));
        // they come in the order of the key's columns
        key.columns().add(rows.getString("FKCOLUMN_NAME"));
        key.referencedColumns().add(rows.getString("PKCOLUMN_NAME"));
      }
    }
    return List.copyOf(keys.values());
  }

  private static Table table(ResultSet rows, String prefix) throws SQLException {
    String schema = rows.getString(prefix + "_SCHEM");
    return new Table(schema == null ? "" : schema, rows.getString(prefix + "_NAME"));
  }

  /** Which tables are parts of which. */
  static List<Part> parts(ScriptSession session) throws SQLException {
    Optional<String> query = session.recipe().partsQuery();
    if (query.isEmpty()) {
      return List.of();
    }
    return session.rows(query.get()).stream()
        .map(
            row ->
                new Part(
                    new Table(row.get(0), row.get(1)),
                    new Table(row.get(2), row.get(3)),
                    ScriptSession.isTrue(row.get(4))))
        .toList();
  }

  /** The tables that a table refers to. */
  List<Table> referencedBy(Table table) {
    return keys.stream().filter(key -> key.table().equals(table)).map(Key::referenced).toList();
  }

  /**
   * What is gone, or incomplete, without the other: the parts of a table, and what it is part of.
   */
  List<Table> partsOf(Table table) {
    List<Table> found = new ArrayList<>();
    for (Part part : parts) {
      if (part.whole().equals(table)) {
        found.add(part.table());
      } else if (part.table().equals(table)) {
        found.add(part.whole());
      }
    }
    return found;
  }

  /** The table whose rows a table's rows are: another one if it is a partition. */
  Table holder(Table table) {
    return parts.stream()
        .filter(part -> part.partition() && part.table().equals(table))
        .findFirst()
        .map(part -> holder(part.whole()))
        .orElse(table);
  }

  /** Whether a table's rows are in partitions. */
  boolean isPartitioned(Table table) {
    return parts.stream().anyMatch(part -> part.partition() && part.whole().equals(table));
  }

  /**
   * The tables that are called so.
   *
   * @param where what they are looked for in, for the message
   * @param consequence what else has to be said if there is none
   * @throws DataspaceException {@code NOT_FOUND} if there is none, with those there are
   */
  static List<Table> named(
      String name, Collection<Table> tables, String where, String consequence) {
    List<Table> found = tables.stream().filter(table -> table.isCalled(name)).toList();
    if (found.isEmpty()) {
      throw missing(name, tables, where, consequence);
    }
    return found;
  }

  private static DataspaceException missing(
      String name, Collection<Table> tables, String where, String consequence) {
    List<String> plain = tables.stream().map(Table::name).toList();
    String some =
        String.join(", ", tables.stream().map(Table::toString).sorted().limit(MOST_NAMED).toList());
    String there =
        tables.isEmpty()
            ? "There are none."
            : "There are: %s%s.".formatted(some, tables.size() > MOST_NAMED ? ", ..." : "");
    return new DataspaceException(
        Reason.NOT_FOUND,
        "There is no table '%s' in %s.".formatted(name, where),
        "%s %s %s".formatted(Suggestion.phrase(name, plain), there, consequence).strip());
  }
}
