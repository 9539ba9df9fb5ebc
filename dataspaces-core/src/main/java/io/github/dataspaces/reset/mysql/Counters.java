package io.github.dataspaces.reset.mysql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a server counts and sees: how often rows of each table were written, committed or not, and
 * how often each kind of statement was run. Both also tell of what is not in the binary log.
 *
 * @param glance taken before all else
 */
record Counters(Glance glance, Map<TableName, Writes> writes, Map<String, Long> statements) {

  /** How many rows somebody tried to insert, update and delete. */
  record Writes(long inserts, long updates, long deletes) {
    static final Writes NONE = new Writes(0, 0, 0);

    private static Writes of(String counts) {
      String[] parts = counts.split(",", 3);
      return new Writes(
          Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    Writes plus(RowEvent event) {
      int rows = event.rows().size();
      return switch (event.kind()) {
        case INSERT -> new Writes(inserts + rows, updates, deletes);
        case UPDATE -> new Writes(inserts, updates + rows, deletes);
        case DELETE -> new Writes(inserts, updates, deletes + rows);
      };
    }
  }

  /** The statement that sets a variable, which may be a global one. */
  static final String SET = "com_set_option";

  /** The statement that leaves a transaction to whoever commits it, with its locks. */
  static final String PREPARE = "com_xa_prepare";

  /**
   * Those that leave nothing once the session has ended, or nothing that anybody sees; what {@link
   * #SET} and {@link #PREPARE} leave is looked for by itself.
   */
  static final Set<String> SESSION_ONLY =
      Set.of(
          SET,
          PREPARE,
          "com_lock_tables",
          "com_unlock_tables",
          "com_flush",
          "com_create_temporary_table",
          "com_drop_temporary_table");

  /** Those that concern temporary tables, too. */
  static final Set<String> TABLES = Set.of("com_create_table", "com_drop_table");

  /** As users write statements. */
  static String words(Set<String> statements) {
    return statements.stream()
        .map(name -> name.substring(4).replace('_', ' ').toUpperCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** They write nothing, or rows only, which are counted themselves. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "com_(select|show_.*|begin|commit|rollback.*|savepoint|release_savepoint|change_db|stmt_.*|prepare_sql|execute_.*|dealloc_sql"
              + "|insert.*|update.*|delete.*|replace.*|load|call_procedure|do|empty_query|explain.*|help|kill|signal|resignal|get_diagnostics"
              + "|ha_.*|checksum|binlog|admin_commands|compound_sql|multi|analyze|check|xa_(start|end|commit|rollback|recover))");

  private static final String WRITES =
      """
      select object_schema, object_name, concat_ws(',', count_insert, count_update, count_delete)
      from performance_schema.table_io_waits_summary_by_table where count_write > 0 and object_type = 'TABLE'
      """;

  /** No table of MySQL's tells these. */
  private static final String STATEMENTS = "show global status like 'Com\\_%'";

  static Counters of(AdminSession admin, Dialect dialect) {
    List<String> queries = new ArrayList<>(Glance.queries(dialect));
    queries.add(WRITES);
    queries.add(STATEMENTS);
    List<List<List<String>>> results = admin.queryAtOnce(queries);
    Map<TableName, Writes> writes = new HashMap<>();
    Map<String, Long> statements = new HashMap<>();
    for (List<String> row : results.get(3)) {
      writes.put(new TableName(row.get(0), row.get(1)), Writes.of(row.get(2)));
    }
    for (List<String> row : results.get(4)) {
      String name = row.get(0).toLowerCase(Locale.ROOT);
      if (!row.get(1).equals("0") && !HARMLESS.matcher(name).matches()) {
        statements.put(name, Long.parseLong(row.get(1)));
      }
    }
    return new Counters(Glance.of(results), Map.copyOf(writes), Map.copyOf(statements));
  }

  /** How far the log had got. */
  Position at() {
    return glance.at();
  }

  /** The same after a session was renewed. */
  Counters plus(SessionRenewal.Cost renewal) {
    Map<String, Long> more = new HashMap<>(statements);
    more.merge(SET, renewal.sets(), Long::sum);
    return new Counters(glance.plus(renewal), writes, Map.copyOf(more));
  }

  /** The statements that were run since, of those that may change more than rows. */
  Set<String> statementsSince(Counters before) {
    Set<String> run = new TreeSet<>();
    statements.forEach(
        (name, count) -> {
          if (!count.equals(before.statements.get(name))) {
            run.add(name);
          }
        });
    return run;
  }

  /** The tables of which more, or less, was written since than the log tells. */
  Set<TableName> doubtfulSince(Counters before, List<RowEvent> logged) {
    Map<TableName, Writes> expected = new HashMap<>(before.writes);
    logged.forEach(
        event ->
            expected.merge(event.table(), Writes.NONE.plus(event), (all, one) -> all.plus(event)));
    Set<TableName> tables = new HashSet<>(expected.keySet());
    tables.addAll(writes.keySet());
    tables.removeIf(
        table ->
            table.isSystem()
                || writes
                    .getOrDefault(table, Writes.NONE)
                    .equals(expected.getOrDefault(table, Writes.NONE)));
    return tables;
  }

  /** The tables that somebody has tried to write since. */
  Set<TableName> writtenSince(Counters before) {
    return doubtfulSince(before, List.of());
  }
}
