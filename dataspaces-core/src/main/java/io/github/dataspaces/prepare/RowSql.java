package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.RowLimit;
import io.github.dataspaces.prepare.TableGraph.Key;
import io.github.dataspaces.prepare.TableGraph.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Parts of statements about the rows of a database's tables. */
final class RowSql {

  /**
   * A column that rows are made of.
   *
   * @param quoted its name, quoted
   * @param type its type, as the engine calls it
   */
  record Column(String name, String quoted, String type) {}

  private final ScriptSession session;
  private final TableGraph graph;
  private final Map<Table, List<Column>> columns = new LinkedHashMap<>();

  private RowSql(ScriptSession session, TableGraph graph) {
    this.session = session;
    this.graph = graph;
  }

  static RowSql of(ScriptSession session, TableGraph graph) throws SQLException {
    RowSql sql = new RowSql(session, graph);
    for (List<String> row : session.rows(session.flavour().rows().columnsQuery())) {
      boolean computed = ScriptSession.isTrue(row.get(3));
      List<Column> known =
          sql.columns.computeIfAbsent(new Table(row.get(0), row.get(1)), none -> new ArrayList<>());
      if (!computed) {
        known.add(new Column(row.get(2), session.quote(row.get(2)), row.get(4)));
      }
    }
    return sql;
  }

  /** The columns of a table that are not computed. */
  List<Column> columns(Table table) {
    return columns.getOrDefault(table, List.of());
  }

  /** Their names, with commas between them. */
  String names(Table table) {
    return columns(table).stream().map(Column::quoted).collect(Collectors.joining(", "));
  }

  /** The same, each behind a prefix. */
  String names(Table table, String prefix) {
    return columns(table).stream()
        .map(column -> prefix + column.quoted())
        .collect(Collectors.joining(", "));
  }

  /** Where the rows of a table are, and no others. */
  String from(Table table) throws SQLException {
    String quoted = table.quoted(session);
    return graph.isPartitioned(table) ? quoted : session.flavour().rows().only(quoted);
  }

  /** Where the rows are that a limit lets through: what follows the columns in a query. */
  String matching(Table table, RowLimit limit) throws SQLException {
    String from =
        " from "
            + from(table)
            + limit.condition().map(condition -> " where (\n" + condition + "\n)").orElse("");
    if (limit.rows().isEmpty()) {
      return from;
    }
    long total = limit.rows().get().percent() ? session.number("select count(*)" + from) : 0;
    return "%s order by %s limit %s"
        .formatted(from, quoted(primaryKey(table)), limit.rows().get().of(total));
  }

  private List<String> primaryKey(Table table) throws SQLException {
    SortedMap<Integer, String> key = new TreeMap<>();
    String schema = table.schema().isEmpty() ? null : table.schema();
    try (ResultSet rows =
        session
            .connection()
            .getMetaData()
            .getPrimaryKeys(session.connection().getCatalog(), schema, table.name())) {
      while (rows.next()) {
        key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    if (key.isEmpty()) {
      throw new DataspaceException(
          Reason.INVALID,
          "The table '%s' has no primary key, by which its first rows could be told."
              .formatted(table),
          "Say which rows of it are wanted by a condition; nothing was kept.");
    }
    return List.copyOf(key.values());
  }

  String quoted(List<String> names) throws SQLException {
    List<String> quoted = new ArrayList<>();
    for (String name : names) {
      quoted.add(session.quote(name));
    }
    return String.join(", ", quoted);
  }

  /** The condition that {@code p} is what {@code c} refers to. */
  String match(Key key) throws SQLException {
    return match("c", key.columns(), "p", key.referencedColumns());
  }

  /** The condition that columns of two rows are the same. */
  String match(String one, List<String> columns, String other, List<String> otherColumns)
      throws SQLException {
    List<String> pairs = new ArrayList<>();
    for (int i : IntStream.range(0, columns.size()).toArray()) {
      pairs.add(
          "%s.%s = %s.%s"
              .formatted(
                  one, session.quote(columns.get(i)), other, session.quote(otherColumns.get(i))));
    }
    return String.join(" and ", pairs);
  }

  /** The condition that {@code c} refers to something. */
  String given(Key key) throws SQLException {
    return nullness(key, "is not null", " and ");
  }

  /** The condition that {@code c} refers to nothing. */
  String notGiven(Key key) throws SQLException {
    return nullness(key, "is null", " or ");
  }

  /** The types of columns of a table. */
  List<String> types(Table table, List<String> names) {
    return names.stream()
        .map(
            name ->
                columns(table).stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .map(Column::type)
                    .orElse("text"))
        .toList();
  }

  private String nullness(Key key, String is, String between) throws SQLException {
    List<String> parts = new ArrayList<>();
    for (String column : key.columns()) {
      parts.add("c.%s %s".formatted(session.quote(column), is));
    }
    return "(" + String.join(between, parts) + ")";
  }

  /**
   * The condition that a row is not among those of a table.
   *
   * @param ways the columns by which rows can be told apart
   */
  String absent(String alias, String table, Iterable<List<String>> ways) throws SQLException {
    StringBuilder condition = new StringBuilder("true");
    for (List<String> way : ways) {
      condition.append(
          " and not exists (select 1 from %s k where %s)"
              .formatted(table, match("k", way, alias, way)));
    }
    return condition.toString();
  }
}
