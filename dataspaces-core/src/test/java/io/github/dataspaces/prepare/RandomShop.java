package io.github.dataspaces.prepare;

import io.github.dataspaces.config.Selection;
import io.github.dataspaces.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tables that refer to each other at random, themselves included, rows that do, and a selection of
 * them. Rows are told by their {@code tag}.
 */
final class RandomShop {

  /** What a row's key is made of. */
  enum Identity {
    NUMBER,
    PAIR,
    NONE
  }

  record Reference(String name, Table target, boolean full) {

    List<String> columns() {
      return target.identity == Identity.PAIR
          ? List.of(name + "_a", name + "_b")
          : List.of(name + "_id");
    }
  }

  /** A row: for each reference of its table the row it refers to, or null. */
  static final class Row {
    final Table table;
    final int number;
    final List<@Nullable Row> references = new ArrayList<>();

    Row(Table table, int number) {
      this.table = table;
      this.number = number;
    }

    String tag() {
      return table.name + "-" + number;
    }

    List<String> key() {
      return switch (table.identity) {
        case NUMBER -> List.of("" + number);
        case PAIR -> List.of("" + number / 3, "" + number % 3);
        case NONE -> List.of();
      };
    }
  }

  static final class Table {
    final String name;
    final Identity identity;
    final List<Reference> references = new ArrayList<>();
    final List<Row> rows = new ArrayList<>();

    Table(String name, Identity identity) {
      this.name = name;
      this.identity = identity;
    }
  }

  private final Random random;
  private final boolean postgres;
  final List<Table> tables = new ArrayList<>();
  final Set<String> named = new TreeSet<>();
  final Map<String, Integer> first = new LinkedHashMap<>();
  final Map<String, Integer> multiples = new LinkedHashMap<>();

  RandomShop(long seed, boolean postgres) {
    this.random = new Random(seed);
    this.postgres = postgres;
    int count = 3 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      Identity identity = Identity.values()[random.nextInt(10) < 2 ? 2 : random.nextInt(2)];
      tables.add(new Table("t" + i, identity));
    }
    tables.forEach(this::addReferences);
    tables.forEach(this::addRows);
    tables.forEach(this::addSelection);
    if (first.isEmpty() && multiples.isEmpty()) {
      multiples.put("t0", 2);
      named.addAll(named.isEmpty() ? Set.of() : Set.of("t0"));
    }
  }

  private void addReferences(Table table) {
    List<Table> targets = tables.stream().filter(t -> t.identity != Identity.NONE).toList();
    int count = targets.isEmpty() ? 0 : random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Table target = targets.get(random.nextInt(targets.size()));
      table.references.add(new Reference("r" + i, target, postgres && random.nextInt(3) == 0));
    }
  }

  private void addRows(Table table) {
    int count = random.nextInt(25);
    for (int i = 0; i < count; i++) {
      table.rows.add(new Row(table, i));
    }
  }

  private void addSelection(Table table) {
    for (Row row : table.rows) {
      for (Reference reference : table.references) {
        List<Row> targets = reference.target.rows;
        boolean none = targets.isEmpty() || random.nextInt(4) == 0;
        row.references.add(none ? null : targets.get(random.nextInt(targets.size())));
      }
    }
    if (random.nextInt(3) == 0 && table.identity != Identity.NONE) {
      first.put(table.name, random.nextInt(8));
    }
    if (random.nextInt(4) == 0) {
      multiples.put(table.name, 2 + random.nextInt(3));
    }
  }

  /** Names some of the tables, which every limited one is among or refers to. */
  RandomShop withNames() {
    named.addAll(first.keySet());
    named.addAll(multiples.keySet());
    tables.stream().filter(t -> random.nextInt(3) == 0).forEach(t -> named.add(t.name));
    return this;
  }

  Selection selection() {
    Map<String, String> said =
        Map.of(
            "tables", String.join(",", named),
            "rows",
                first.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(",")),
            "where",
                multiples.entrySet().stream()
                    .map(
                        entry -> "%s: mod(n, %d) = 0\n".formatted(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining()));
    return Selection.of(Settings.map(said));
  }

  boolean isWanted(Row row) {
    if (!first.containsKey(row.table.name) && !multiples.containsKey(row.table.name)) {
      return false;
    }
    Integer factor = multiples.get(row.table.name);
    Integer count = first.get(row.table.name);
    int place = row.number / (factor == null ? 1 : factor);
    return (factor == null || row.number % factor == 0) && (count == null || place < count);
  }

  /** The script that makes it: keys are checked when all rows are there. */
  String script() {
    StringBuilder script = new StringBuilder();
    tables.forEach(table -> script.append(definition(table)));
    tables.stream()
        .flatMap(table -> table.rows.stream())
        .forEach(row -> script.append(insertion(row)));
    tables.forEach(table -> table.references.forEach(r -> script.append(constraint(table, r))));
    return script.toString();
  }

  private static String definition(Table table) {
    List<String> columns = new ArrayList<>(List.of("n int", "tag varchar(20)"));
    switch (table.identity) {
      case NUMBER -> columns.add("id int primary key");
      case PAIR -> columns.addAll(List.of("a int", "b int", "primary key (a, b)"));
      case NONE -> {}
    }
    table.references.forEach(
        reference -> reference.columns().forEach(column -> columns.add(column + " int")));
    return "create table %s (%s);\n".formatted(table.name, String.join(", ", columns));
  }

  private String insertion(Row row) {
    List<String> values = new ArrayList<>(List.of("" + row.number, "'" + row.tag() + "'"));
    values.addAll(row.key());
    for (int i = 0; i < row.references.size(); i++) {
      Reference reference = row.table.references.get(i);
      Row target = row.references.get(i);
      if (target != null) {
        values.addAll(target.key());
      } else if (reference.target.identity == Identity.PAIR) {
        // half a reference is none, save where that is forbidden
        values.addAll(List.of(reference.full || random.nextBoolean() ? "null" : "77", "null"));
      } else {
        values.add("null");
      }
    }
    return "insert into %s values (%s);\n".formatted(row.table.name, String.join(", ", values));
  }

  private String constraint(Table table, Reference reference) {
    return "alter table %s add constraint %s_%s foreign key (%s) references %s (%s)%s%s;\n"
        .formatted(
            table.name,
            table.name,
            reference.name,
            String.join(", ", reference.columns()),
            reference.target.name,
            reference.target.identity == Identity.PAIR ? "a, b" : "id",
            reference.full ? " match full" : "",
            postgres && random.nextBoolean() ? " deferrable initially deferred" : "");
  }

  /** A query for dangling references of a table. */
  static List<String> danglingQueries(Table table) {
    return IntStream.range(0, table.references.size())
        .mapToObj(
            i -> {
              Reference reference = table.references.get(i);
              List<String> own = reference.columns();
              List<String> other = own.size() == 2 ? List.of("a", "b") : List.of("id");
              String given =
                  own.stream()
                      .map(column -> "c." + column + " is not null")
                      .collect(Collectors.joining(" and "));
              String match =
                  IntStream.range(0, own.size())
                      .mapToObj(k -> "p.%s = c.%s".formatted(other.get(k), own.get(k)))
                      .collect(Collectors.joining(" and "));
              return "select count(*) from %s c where %s and not exists (select 1 from %s p where %s)"
                  .formatted(table.name, given, reference.target.name, match);
            })
        .toList();
  }
}
