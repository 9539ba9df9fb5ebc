package io.github.dataspaces.reset.mysql;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has to be known of tables before their rows are taken back. Asked for once. */
final class Tables {

  private static final String KIND =
      """
      select t.engine, t.table_type, (select count(*) from information_schema.statistics s
        where s.table_schema = t.table_schema and s.table_name = t.table_name and s.index_name = 'PRIMARY'),
        (select group_concat(ordinal_position) from information_schema.columns c
        where c.table_schema = t.table_schema and c.table_name = t.table_name and c.generation_expression <> '')
      from information_schema.tables t where t.table_schema = ? and t.table_name = ?
      """;

  private static final String CASCADES =
      """
      select unique_constraint_schema, referenced_table_name, constraint_schema, table_name
      from information_schema.referential_constraints
      where update_rule in ('CASCADE', 'SET NULL', 'SET DEFAULT') or delete_rule in ('CASCADE', 'SET NULL', 'SET DEFAULT')
      """;

  private final AdminSession admin;
  private final Map<TableName, Kind> kinds = new HashMap<>();
  private @Nullable Map<TableName, Set<TableName>> cascades;

  Tables(AdminSession admin) {
    this.admin = admin;
  }

  /**
   * @param transactional whether its engine is InnoDB, and it is no sequence and has no history
   * @param sequence whether it is one
   * @param ordered whether it has a primary key, by which its rows are ordered
   * @param generated the places, from 1, of columns that follow from others
   */
  private record Kind(
      boolean transactional, boolean sequence, boolean ordered, Set<String> generated) {
    boolean generates(BitSet columns) {
      return columns.stream().allMatch(column -> generated.contains(String.valueOf(column + 1)));
    }
  }

  /** Why what was written to these tables can be taken back in no way. */
  Optional<String> objection(Collection<TableName> written) {
    for (TableName table : written) {
      if (table.isSystem()) {
        return Optional.of("the server's own table %s was written".formatted(table));
      }
      if (!kind(table).transactional() && !kind(table).sequence()) {
        return Optional.of("%s is not an ordinary InnoDB table".formatted(table));
      }
    }
    return Optional.empty();
  }

  /**
   * The tables to which these changes cannot be taken back, or made again: rows that were deleted
   * without having a place that they could be put back to, or of which not all was logged.
   */
  Set<TableName> unclear(List<RowEvent> events) {
    Set<TableName> unclear = new HashSet<>();
    for (RowEvent event : events) {
      Kind kind = kind(event.table());
      if (event.kind() == RowEvent.Kind.DELETE && !kind.ordered()
          || !event.absent().isEmpty() && !kind.generates(event.absent())) {
        unclear.add(event.table());
      }
    }
    return unclear;
  }

  /** Those of them that are sequences. */
  Set<TableName> sequences(Collection<TableName> some) {
    return some.stream().filter(table -> kind(table).sequence()).collect(Collectors.toSet());
  }

  private Kind kind(TableName table) {
    return kinds.computeIfAbsent(
        table,
        asked ->
            admin.query(KIND, asked.database(), asked.table()).stream()
                .map(
                    row ->
                        new Kind(
                            row.get(0).equals("InnoDB") && row.get(1).equals("BASE TABLE"),
                            row.get(1).equals("SEQUENCE"),
                            !row.get(2).equals("0"),
                            Set.of(row.get(3).split(","))))
                .findFirst()
                .orElse(new Kind(false, false, false, Set.of())));
  }

  /** Those in which more, or less, may have been written since than the log tells. */
  Set<TableName> doubtfulSince(Counters before, Counters now, List<RowEvent> logged) {
    Set<TableName> doubtful = now.doubtfulSince(before, logged);
    doubtful.addAll(dependents(logged));
    return doubtful;
  }

  /**
   * The tables that a foreign key may have changed along with those whose rows were updated or
   * deleted. Some servers neither log nor count that.
   */
  private Set<TableName> dependents(List<RowEvent> events) {
    Set<TableName> found = new HashSet<>();
    events.stream()
        .filter(event -> event.kind() != RowEvent.Kind.INSERT)
        .forEach(event -> addDependents(event.table(), found));
    return found;
  }

  private void addDependents(TableName table, Set<TableName> found) {
    for (TableName child : cascades().getOrDefault(table, Set.of())) {
      if (found.add(child)) {
        addDependents(child, found);
      }
    }
  }

  private Map<TableName, Set<TableName>> cascades() {
    Map<TableName, Set<TableName>> known = cascades;
    if (known == null) {
      known =
          admin.query(CASCADES).stream()
              .collect(
                  Collectors.groupingBy(
                      row -> new TableName(row.get(0), row.get(1)),
                      Collectors.mapping(
                          row -> new TableName(row.get(2), row.get(3)), Collectors.toSet())));
      cascades = known;
    }
    return known;
  }
}
