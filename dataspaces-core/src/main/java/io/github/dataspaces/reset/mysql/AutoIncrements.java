package io.github.dataspaces.reset.mysql;

import io.github.dataspaces.config.DataspaceException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The numbers that tables will give to their next rows. */
record AutoIncrements(Map<TableName, String> next) {

  private static final String ALL =
      """
      select table_schema, table_name, auto_increment from information_schema.tables
      where auto_increment is not null and table_schema not in ('mysql', 'sys', 'performance_schema', 'information_schema')
      """;

  private static final String NUMBERED =
      """
      select table_schema, table_name from information_schema.columns
      where extra like '%auto_increment%' and table_schema not in ('mysql', 'sys', 'performance_schema', 'information_schema')
      """;

  /** Of all tables. */
  static AutoIncrements of(AdminSession admin) {
    open(admin);
    return read(admin.query(ALL));
  }

  /**
   * Has every table with numbers opened: of one that nobody has opened since it was made, or since
   * the server began, MySQL tells none, or another. Some cannot be: those have no numbers to give.
   */
  private static void open(AdminSession admin) {
    List<String> openings =
        admin.query(NUMBERED).stream()
            .map(row -> new TableName(row.get(0), row.get(1)).quoted())
            .map("select null from %s limit 0"::formatted)
            .toList();
    if (openings.isEmpty()) {
      return;
    }
    try {
      admin.queryAtOnce(openings);
    } catch (DataspaceException oneOfThem) {
      openings.forEach(admin::attempt);
    }
  }

  private static AutoIncrements read(List<List<String>> rows) {
    return new AutoIncrements(
        rows.stream()
            .collect(
                Collectors.toMap(row -> new TableName(row.get(0), row.get(1)), row -> row.get(2))));
  }

  /** The tables that have others there. */
  Set<TableName> differences(AutoIncrements other) {
    Set<TableName> differences = new HashSet<>(next.keySet());
    differences.removeIf(table -> next.get(table).equals(other.next.get(table)));
    return differences;
  }

  /** Puts them back where they were, in the tables that somebody has tried to write. */
  void restore(AdminSession admin, Collection<TableName> written) {
    List<TableName> numbered = written.stream().filter(next::containsKey).toList();
    if (numbered.isEmpty()) {
      return;
    }
    String places = String.join(", ", numbered.stream().map(table -> "(?, ?)").toList());
    String[] names =
        numbered.stream()
            .flatMap(table -> List.of(table.database(), table.table()).stream())
            .toArray(String[]::new);
    AutoIncrements now =
        read(admin.query(ALL + " and (table_schema, table_name) in (" + places + ")", names));
    for (TableName table : numbered) {
      String before = next.get(table);
      if (!String.valueOf(before).equals(now.next.get(table))) {
        admin.execute("alter table %s auto_increment = %s".formatted(table.quoted(), before));
      }
    }
  }
}
