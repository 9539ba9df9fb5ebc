package io.github.dataspaces.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Statements that write rows of random tables, or fail; the same for each seed. */
public final class RandomStatements {

  private final RandomTables tables;
  private final Random random;
  private final RandomValues values;

  /** Of rows of those tables. */
  public RandomStatements(RandomTables tables, long seed) {
    this.tables = tables;
    this.random = new Random(seed);
    this.values = new RandomValues(random);
  }

  /** A statement that may write, or fail. */
  public String next() {
    if (tables.areOfMariaDb() && random.nextInt(15) == 0) {
      return any(
          List.of(
              "do nextval(numbers)",
              "do setval(numbers, %d)".formatted(random.nextInt(9000)),
              "insert into heard (n, what) select nextval(numbers) + 10000, 'a sequence'"));
    }
    RandomTables.Table table = any(tables.all());
    return switch (random.nextInt(18)) {
      case 0, 1, 2 -> tables.insert(table, "insert ignore", 1 + random.nextInt(5));
      case 3 -> tables.insert(table, "replace", 1 + random.nextInt(3));
      case 4 ->
          tables.insert(table, "insert ignore", 2)
              + " on duplicate key update "
              + assignment(table);
      case 5, 6, 7 ->
          "update ignore %s set %s where %s"
              .formatted(table.name(), assignment(table), condition(table));
      case 8, 9 -> "delete from %s where %s".formatted(table.name(), condition(table));
      case 10 ->
          "delete from %s order by %s limit %d"
              .formatted(table.name(), table.columns().get(0).name(), random.nextInt(4));
      case 11 -> "update parent set id = id + 10 where id = %d".formatted(random.nextInt(30));
      case 12 -> "delete from parent where id = %d".formatted(random.nextInt(30));
      case 13 -> "insert into child (part_of) select id from parent";
      case 14 ->
          any(
              List.of(
                  "start transaction",
                  "commit",
                  "rollback",
                  "savepoint s",
                  "rollback to savepoint s"));
      case 15 -> setting();
      case 16 ->
          "update ignore %s a join parent b set a.%s = %s, b.v = concat(b.v, 'x')"
              .formatted(
                  table.name(),
                  table.columns().get(0).name(),
                  values.of(table.columns().get(0).kind()));
      default ->
          any(
              List.of(
                  "insert into heard (what) values ('direct')",
                  "create temporary table if not exists passing as select * from parent",
                  "insert into passing values (77, 'p')",
                  "delete child, parent from child join parent on part_of = parent.id where parent.id = 2",
                  "analyze table t1",
                  "insert into heard values (%d, 'n')".formatted(random.nextInt(1000))));
    };
  }

  private String setting() {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "foreign_key_checks = 0",
                "foreign_key_checks = 1",
                "unique_checks = 0",
                "sql_mode = ''",
                "sql_mode = 'STRICT_ALL_TABLES'",
                "time_zone = '+05:30'",
                "time_zone = '+00:00'",
                "autocommit = 0",
                "autocommit = 1",
                "binlog_row_image = NOBLOB",
                "binlog_row_image = FULL",
                "insert_id = 5000",
                "timestamp = 1000000000",
                "auto_increment_increment = 7",
                "character_set_client = latin1",
                "transaction_isolation = 'READ-COMMITTED'"));
    if (!tables.areOfMariaDb()) {
      settings.add("binlog_transaction_compression = on");
      settings.add("binlog_row_value_options = PARTIAL_JSON");
      settings.add("sql_generate_invisible_primary_key = on");
    }
    return "set session " + any(settings);
  }

  private String assignment(RandomTables.Table table) {
    List<RandomTables.Column> columns =
        table.columns().stream().filter(column -> !column.generated()).toList();
    return IntStream.range(0, 1 + random.nextInt(2))
        .mapToObj(i -> any(columns))
        .map(
            column ->
                column.name()
                    + " = "
                    + (column.kind().equals("json") && random.nextBoolean()
                        ? "json_set(%s, '$.a', %d)".formatted(column.name(), random.nextInt(9))
                        : values.of(column.kind())))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private String condition(RandomTables.Table table) {
    return switch (random.nextInt(4)) {
      case 0 -> "true";
      case 1 ->
          "crc32(hex(%s)) %% 3 = %d".formatted(any(table.columns()).name(), random.nextInt(3));
      case 2 -> any(table.columns()).name() + " is null";
      default -> "crc32(hex(%s)) %% 2 = 0".formatted(table.columns().get(0).name());
    };
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
