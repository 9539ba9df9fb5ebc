package io.github.dataspaces.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is put back.
 *
 * @param name for the report
 * @param flavour of which engine it is
 * @param tables how many tables with a key and an index each
 * @param rows how many rows in each
 * @param ballast how many rows of a kilobyte in one more table that no test touches; PostgreSQL's
 */
record Schema(String name, String flavour, int tables, int rows, int ballast) {

  static final Schema SMALL = new Schema("40 tables, 10 MB", "postgres", 40, 200, 0);
  static final Schema WIDE = new Schema("300 tables", "postgres", 300, 20, 0);
  static final Schema LARGE = new Schema("40 tables, 1.5 GB", "postgres", 40, 200, 1_350_000);
  static final Schema MYSQL = ofMySql("MySQL 9.7", "mysql:9.7");
  static final Schema MARIADB = ofMySql("MariaDB 11.8", "mariadb:11.8");
  static final Schema NATIVE_MARIADB = ofMySql("MariaDB 11.4", "mariadb:11.4");

  /** How many tables, from the first on, a test that writes changes. */
  static final int CHANGED = 3;

  private static final String DIGITS =
      IntStream.range(0, 10)
          .mapToObj(digit -> "select " + digit + " as d")
          .collect(Collectors.joining(" union all ", "(", ")"));

  private static Schema ofMySql(String name, String flavour) {
    return new Schema(name, flavour, 40, 10_000, 0);
  }

  boolean postgres() {
    return flavour.startsWith("postgres");
  }

  /** A script that makes it. */
  String script() {
    return definitions() + rowsOnly() + ballastOnly();
  }

  String definitions() {
    String one =
        postgres()
            ? "create table t%1$d (id int primary key, name text, amount numeric);create index on t%1$d (name);\n"
            : "create table t%d (id int primary key auto_increment, name varchar(50), amount decimal(12, 2), index (name));\n";
    return each(tables, one::formatted);
  }

  String rowsOnly() {
    return rowsOf(tables);
  }

  private String rowsOf(int number) {
    return each(number, table -> "insert into t%d %s;\n".formatted(table, series()));
  }

  private String series() {
    if (postgres()) {
      return "select i, 'row ' || i, i * 1.5 from generate_series(1, %d) i".formatted(rows);
    }
    return "select i, concat('row ', i), i * 1.5 from (select 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d as i from %1$s a, %1$s b, %1$s c, %1$s e) numbers where i <= %2$d"
        .formatted(DIGITS, rows);
  }

  private String ballastOnly() {
    return ballast == 0
        ? ""
        : "create table ballast as select i as id, repeat(md5(i::text), 28) as text from generate_series(1, %d) i;\n"
            .formatted(ballast);
  }

  /** A script that empties all tables and fills them again. */
  String reload() {
    return reload(tables);
  }

  /** The same for those only that a test changes. */
  String reloadChanged() {
    return reload(CHANGED);
  }

  private String reload(int number) {
    String truncation =
        postgres()
            ? "truncate "
                + IntStream.range(0, number)
                    .mapToObj(i -> "t" + i)
                    .collect(Collectors.joining(", "))
                + ";"
            : each(number, "truncate t%d;"::formatted);
    return "begin;" + truncation + rowsOf(number) + "commit";
  }

  private static String each(int number, IntFunction<String> statement) {
    return IntStream.range(0, number).mapToObj(statement).collect(Collectors.joining());
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
