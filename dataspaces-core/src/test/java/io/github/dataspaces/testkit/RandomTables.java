package io.github.dataspaces.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tables of any types and keys, with rows; the same for each seed. */
public final class RandomTables {

  private static final int TABLES = 4;

  /** Short, and the same only for the same bytes. */
  private static final String VALUE =
      "concat(left(hex(concat(%s, '')), 20), ' ', crc32(concat(%s, '')))";

  /** Types, and the kind of their values. */
  private static final List<String> TYPES =
      List.of(
          "tinyint number",
          "smallint_unsigned number",
          "mediumint number",
          "int number",
          "bigint_unsigned number",
          "decimal(30,10) number",
          "decimal(5,0) number",
          "float number",
          "double number",
          "bit(1) bits",
          "bit(13) bits",
          "bit(64) bits",
          "year year",
          "date date",
          "time time",
          "time(6) time",
          "datetime moment",
          "datetime(3) moment",
          "timestamp_null moment",
          "timestamp(6)_null moment",
          "char(5) text",
          "char(100) text",
          "char(255)_character_set_utf8mb4 text",
          "varchar(10) text",
          "varchar(300) text",
          "varchar(200)_character_set_latin1 text",
          "varchar(30)_character_set_utf16 text",
          "binary(7) bytes",
          "binary(255) bytes",
          "varbinary(20) bytes",
          "varbinary(5000) bytes",
          "tinytext text",
          "text text",
          "mediumtext text",
          "longtext text",
          "tinyblob bytes",
          "blob bytes",
          "longblob bytes",
          "enum('a','b','c') choice",
          "set('a','b','c') choice",
          "json json",
          "geometry place",
          "point point");

  private static final List<String> OF_MARIADB =
      List.of(
          "uuid uuid",
          "inet6 address",
          "varchar(500)_compressed text",
          "blob_compressed bytes",
          "longtext_compressed text");

  private final Random random;
  private final RandomValues values;
  private final boolean mariaDb;
  private final List<Table> tables = new ArrayList<>();

  /** A table; its first columns are its key's. */
  record Table(String name, List<Column> columns, String keys) {}

  record Column(String name, String type, String kind, boolean generated) {
    String definition() {
      return "%s %s".formatted(name, type);
    }
  }

  /** Of MySQL, or of MariaDB, which has more types. */
  public RandomTables(long seed, boolean mariaDb) {
    this.random = new Random(seed);
    this.values = new RandomValues(random);
    this.mariaDb = mariaDb;
    for (int i = 0; i < TABLES; i++) {
      tables.add(table("t" + i));
    }
  }

  /** What makes them, and puts rows into them. */
  private List<String> definitions() {
    List<String> statements = new ArrayList<>();
    statements.add("create table parent (id int primary key, v varchar(20))");
    statements.add("insert into parent values (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')");
    for (Table table : tables) {
      String columns =
          table.columns().stream().map(Column::definition).collect(Collectors.joining(", "));
      statements.add("create table %s (%s%s".formatted(table.name(), columns, table.keys()));
      statements.add(insert(table, "insert ignore", 20));
    }
    statements.add(
        "create table child (id int primary key auto_increment, part_of int, key (part_of), foreign key (part_of) references parent (id) on delete cascade on update cascade)");
    statements.add("insert into child (part_of) values (1), (1), (2), (3), (null)");
    statements.add(
        "create table grandchild (id int primary key auto_increment, part_of int, foreign key (part_of) references child (id) on delete set null)");
    statements.add("insert into grandchild (part_of) select id from child");
    statements.add("create table heard (n int auto_increment primary key, what varchar(20))");
    statements.add(
        "create trigger hears after insert on t0 for each row insert into heard (what) values ('inserted')");
    if (mariaDb) {
      statements.add("create sequence numbers increment by 7");
    }
    return statements;
  }

  /** Queries of all that is in them. */
  private List<String> contents() {
    Stream<String> random =
        tables.stream()
            .map(
                table ->
                    "select %s from %s"
                        .formatted(
                            table.columns().stream()
                                .map(column -> VALUE.formatted(column.name(), column.name()))
                                .collect(Collectors.joining(", ")),
                            table.name()));
    return Stream.concat(
            random,
            Stream.of("parent", "child", "grandchild", "heard").map("select * from "::concat))
        .toList();
  }

  boolean areOfMariaDb() {
    return mariaDb;
  }

  List<Table> all() {
    return List.copyOf(tables);
  }

  /** All their names. */
  private List<String> names() {
    return Stream.concat(
            tables.stream().map(Table::name), Stream.of("child", "grandchild", "parent", "heard"))
        .toList();
  }

  /** Makes them in a database that has none, and puts rows into them. */
  public void fill(Dataspace dataspace) throws SQLException {
    try (Connection connection = Sql.on(dataspace).connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set session sql_mode = ''");
      statement.execute("set session innodb_strict_mode = 0");
      for (String sql : definitions()) {
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          // not every row can be had, but every table
          assertThat(sql).as(e.getMessage()).startsWith("insert ");
        }
      }
    }
  }

  /** All that is in them, and the numbers they go on with. */
  public List<String> state(Dataspace dataspace) throws SQLException {
    Sql sql = Sql.on(dataspace);
    List<String> state = new ArrayList<>();
    for (String query : contents()) {
      String table = query.substring(query.lastIndexOf(' '));
      sql.rows(query).stream().sorted().forEach(row -> state.add(table + ": " + row));
    }
    names().forEach(table -> state.addAll(sql.rows("check table " + table)));
    state.addAll(numbers(dataspace));
    if (mariaDb) {
      state.addAll(sql.rows("select * from numbers"));
    }
    return state;
  }

  private List<String> numbers(Dataspace dataspace) throws SQLException {
    List<String> numbers = new ArrayList<>();
    try (Connection connection = Sql.on(dataspace).connect();
        Statement statement = connection.createStatement()) {
      if (dataspace.info().flavour().equals("mysql")) {
        // or else it tells numbers of yesterday
        statement.execute("set session information_schema_stats_expiry = 0");
      }
      for (String table : names()) {
        try (ResultSet result = statement.executeQuery("show table status like '" + table + "'")) {
          result.next();
          numbers.add(table + " goes on with " + result.getString("Auto_increment"));
        }
      }
    }
    return numbers;
  }

  /** What two states differ in. */
  public static List<String> difference(List<String> before, List<String> now) {
    List<String> lost = new ArrayList<>(before);
    List<String> found = new ArrayList<>(now);
    now.forEach(lost::remove);
    before.forEach(found::remove);
    return Stream.concat(
            lost.stream().map(line -> "lost: " + line), found.stream().map(line -> "new: " + line))
        .toList();
  }

  private Table table(String name) {
    List<String> types = new ArrayList<>(TYPES);
    if (mariaDb) {
      types.addAll(OF_MARIADB);
    }
    Collections.shuffle(types, random);
    List<Column> columns = new ArrayList<>();
    String keys = key(columns) + reference(columns);
    int more = 2 + random.nextInt(9);
    for (String type : types.subList(0, more)) {
      String[] parts = type.split(" ");
      String words = parts[0].replace('_', ' ');
      String invisible = random.nextInt(8) == 0 ? " invisible" : "";
      columns.add(new Column("c" + columns.size(), words + invisible, parts[1], false));
    }
    Column last = columns.get(columns.size() - 1);
    // as MariaDB sees it, the text of others depends on the session
    if (last.type().startsWith("var") || last.type().contains("blob")) {
      String of = last.name();
      String how = random.nextBoolean() ? "virtual" : "stored";
      columns.add(
          new Column(
              "g",
              "int generated always as (length(hex(%s)) + 1) %s".formatted(of, how),
              "none",
              true));
      keys += random.nextBoolean() ? ", key (g)" : "";
    }
    return new Table(name, List.copyOf(columns), keys + ending());
  }

  private String ending() {
    return switch (random.nextInt(6)) {
      case 0 -> ") row_format = compressed";
      case 1 -> ") character set latin1";
      case 2 -> ") row_format = redundant";
      default -> ")";
    };
  }

  /** Adds a column that follows what it refers to, or none; says how. */
  private String reference(List<Column> columns) {
    if (random.nextInt(3) == 0) {
      return "";
    }
    columns.add(new Column("p", "int", "reference", false));
    String follows = random.nextBoolean() ? "cascade" : "set null";
    return ", foreign key (p) references parent (id) on delete %s on update cascade"
        .formatted(follows);
  }

  /** Adds the key's columns; says what the keys are. */
  private String key(List<Column> columns) {
    switch (random.nextInt(9)) {
      case 0 -> {
        columns.add(new Column("k", "int not null auto_increment", "number", false));
        columns.add(new Column("u", "varchar(20)", "text", false));
        return ", primary key (k), unique key (u)";
      }
      case 1 -> {
        columns.add(new Column("k", "varchar(40) not null", "text", false));
        return ", primary key (k)";
      }
      case 2 -> {
        columns.add(new Column("k", "int not null", "number", false));
        columns.add(new Column("l", "varbinary(30) not null", "bytes", false));
        return ", primary key (l, k)";
      }
      case 3 -> {
        columns.add(new Column("k", "decimal(12,3) not null", "number", false));
        return ", primary key (k desc)";
      }
      case 4 -> {
        columns.add(new Column("k", "datetime(6) not null", "moment", false));
        columns.add(new Column("l", "bigint not null auto_increment unique", "number", false));
        return ", primary key (k, l)";
      }
      case 5 -> {
        columns.add(new Column("k", "text not null", "text", false));
        return ", primary key (k(5))";
      }
      case 6 -> {
        columns.add(new Column("k", "int not null", "number", false));
        return ", unique key (k)";
      }
      case 7 -> {
        columns.add(new Column("k", "double not null", "number", false));
        columns.add(new Column("l", "char(4) not null", "text", false));
        return ", primary key (k, l), key (l)";
      }
      default -> {
        columns.add(new Column("k", "bigint unsigned not null auto_increment", "number", false));
        return ", primary key (k)";
      }
    }
  }

  /** A statement that inserts rows into a table. */
  String insert(Table table, String verb, int rows) {
    List<Column> columns = table.columns().stream().filter(column -> !column.generated()).toList();
    String tuples =
        IntStream.range(0, rows)
            .mapToObj(
                i ->
                    columns.stream()
                        .map(column -> values.of(column.kind()))
                        .collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", "));
    return "%s into %s (%s) values %s"
        .formatted(
            verb,
            table.name(),
            columns.stream().map(Column::name).collect(Collectors.joining(", ")),
            tuples);
  }
}
