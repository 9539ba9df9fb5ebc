package io.github.dataspaces.flavour;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Moves rows in MySQL and MariaDB. Triggers cannot be turned off there: they go and come back. */
final class MySqlRows implements RowRecipe {

  private static final Set<String> NUMBERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year");

  private static final Set<String> TEXTS =
      Set.of(
          "char",
          "varchar",
          "tinytext",
          "text",
          "mediumtext",
          "longtext",
          "enum",
          "set",
          "date",
          "time",
          "datetime",
          "timestamp",
          "uuid",
          "inet4",
          "inet6");

  @Override
  public List<String> begin() {
    return List.of(
        "set session foreign_key_checks = 0",
        // what is in a table may be put into another one like it, whatever it is
        "set session sql_mode = 'NO_AUTO_VALUE_ON_ZERO'",
        "set session time_zone = '+00:00'",
        "set session group_concat_max_len = 16777216",
        // MySQL has numbers of yesterday otherwise; MariaDB does not know it
        "/*!80000 set session information_schema_stats_expiry = 0 */");
  }

  @Override
  public String makeSchema(String schema) {
    return "create database " + schema;
  }

  @Override
  public String dropSchema(String schema) {
    return "drop database " + schema;
  }

  /** With its indexes, without which the engines would compare each row with each. */
  @Override
  public String makeLike(String table, String other) {
    return "create table %s like %s".formatted(table, other);
  }

  @Override
  public String columnsQuery() {
    return """
    select '', table_name, column_name,
      case when coalesce(generation_expression, '') = '' then 'false' else 'true' end, data_type
    from information_schema.columns where table_schema = database()
    order by table_name, ordinal_position
    """;
  }

  @Override
  public List<String> suspensions() {
    return List.of(
        """
        select 'do 0', concat('alter table `', replace(table_name, '`', '``'), '` auto_increment = ', auto_increment)
        from information_schema.tables
        where table_schema = database() and table_type = 'BASE TABLE' and auto_increment is not null
        """,
        """
        select concat('drop trigger `', replace(trigger_name, '`', '``'), '`'),
          concat('set session sql_mode = ''', sql_mode, ''', session collation_connection = ''', collation_connection, ''''),
          concat('show create trigger `', replace(trigger_name, '`', '``'), '`')
        from information_schema.triggers where trigger_schema = database()
        order by event_object_table, action_timing, event_manipulation, action_order
        """);
  }

  @Override
  public Optional<String> refreshments() {
    return Optional.empty();
  }

  @Override
  public String only(String table) {
    return table;
  }

  @Override
  public String insertInto(String table, String columns) {
    return "insert into %s (%s)".formatted(table, columns);
  }

  @Override
  public List<String> empty(Set<String> tables, Set<String> referenced) {
    List<String> statements = new ArrayList<>();
    tables.forEach(table -> statements.add("truncate table " + table));
    referenced.forEach(table -> statements.add("truncate table " + table));
    return statements;
  }

  /** A subquery may not read what is deleted from; a join may. */
  @Override
  public String deleteUnmatched(String table, String given, String other, String match) {
    return "delete c from %s c left join %s p on %s where %s and (%s) is null"
        .formatted(table, other, match, given, match);
  }

  @Override
  public String batches(List<String> types, String keys, int size) {
    List<String> columns =
        IntStream.range(0, types.size()).mapToObj(column -> "a" + column).toList();
    return """
    select concat('(', group_concat(%s), ')')
    from (select k.*, floor((row_number() over () - 1) / %s) as batch from (%s) k) b group by batch
    """
        .formatted(literal(columns, types).orElseThrow(), size, keys);
  }

  /** As the server itself writes values, so that they come back as the same. */
  @Override
  public Optional<String> literal(List<String> columns, List<String> types) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      values.add("coalesce(%s, 'null')".formatted(literal(columns.get(i), types.get(i))));
    }
    return Optional.of("concat('(', " + String.join(", ',', ", values) + ", ')')");
  }

  private static String literal(String column, String type) {
    if (NUMBERS.contains(type)) {
      return "cast(%s as char)".formatted(column);
    }
    return switch (type) {
      // with fewer digits it would come back as another one
      case "float" -> "cast(cast(%s as double) as char)".formatted(column);
      case "double" -> "cast(%s as char)".formatted(column);
      case "json" -> "quote(cast(%s as char))".formatted(column);
      case "bit" -> "concat('b''', bin(%s + 0), '''')".formatted(column);
      default ->
          TEXTS.contains(type)
              ? "quote(convert(%s using utf8mb4))".formatted(column)
              : bytes(column);
    };
  }

  private static String bytes(String column) {
    return "concat('x''', hex(%s), '''')".formatted(column);
  }
}
