package io.github.dataspaces.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is put back.
 *
 * @param name for the report
 * @param tables how many tables with a key and an index each
 * @param rows how many rows in each
 * @param ballast how many rows of a kilobyte in one more table that no test touches
 */
record Schema(String name, int tables, int rows, int ballast) {

  static final Schema SMALL = new Schema("40 tables, 10 MB", 40, 200, 0);
  static final Schema WIDE = new Schema("300 tables", 300, 20, 0);
  static final Schema LARGE = new Schema("40 tables, 1.5 GB", 40, 200, 1_350_000);

  static Schema named(String name) {
    return switch (name) {
      case "small" -> SMALL;
      case "wide" -> WIDE;
      case "large" -> LARGE;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** A script that makes it. */
  String script() {
    return definitions() + rowsOnly() + ballastOnly();
  }

  String definitions() {
    return IntStream.range(0, tables)
        .mapToObj(
            i ->
                "create table t%1$d (id int primary key, name text, amount numeric);create index on t%1$d (name);\n"
                    .formatted(i))
        .collect(Collectors.joining());
  }

  String rowsOnly() {
    return IntStream.range(0, tables)
        .mapToObj(
            i ->
                "insert into t%d select i, 'row ' || i, i * 1.5 from generate_series(1, %d) i;\n"
                    .formatted(i, rows))
        .collect(Collectors.joining());
  }

  private String ballastOnly() {
    return ballast == 0
        ? ""
        : "create table ballast as select i as id, repeat(md5(i::text), 28) as text from generate_series(1, %d) i;\n"
            .formatted(ballast);
  }

  String truncation() {
    return "truncate "
        + IntStream.range(0, tables).mapToObj(i -> "t" + i).collect(Collectors.joining(", "));
  }

  /** What a test that writes does; fails if it finds what another has written. */
  void write(Connection connection) throws SQLException {
    read(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("insert into t0 values (100000, 'new', 1)");
      statement.execute("update t1 set name = 'changed' where id <= 10");
      statement.execute("delete from t2 where id = 3");
    }
  }

  /** What a test that only reads does. */
  void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select (select count(*) from t0), (select count(*) from t1 where name = 'changed'), (select count(*) from t2)")) {
      result.next();
      if (result.getInt(1) != rows || result.getInt(2) != 0 || result.getInt(3) != rows) {
        throw new IllegalStateException("another test's data were seen");
      }
    }
  }
}
