package io.github.dataspaces.reset.mysql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a server counts: how often rows of each table were written, committed or not, and how often
 * each kind of statement was run. Both also tell of what is not in the binary log.
 *
 * @param at how far the log had got
 */
record Counters(Position at, Map<TableName, Writes> writes, Map<String, String> statements) {

  /** How many rows somebody tried to insert, update and delete. */
  record Writes(long inserts, long updates, long deletes) {
    static final Writes NONE = new Writes(0, 0, 0);

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
  static final String SET = "Com_set_option";

  /** Those that leave nothing once the session has ended, or nothing that anybody sees. */
  static final Set<String> SESSION_ONLY =
      Set.of(
          SET,
          "Com_lock_tables",
          "Com_unlock_tables",
          "Com_flush",
          "Com_create_temporary_table",
          "Com_drop_temporary_table");

  /** Those that concern temporary tables, too. */
  static final Set<String> TABLES = Set.of("Com_create_table", "Com_drop_table");

  /** As users write statements. */
  static String words(Set<String> statements) {
    return statements.stream()
        .map(name -> name.substring(4).replace('_', ' ').toUpperCase(java.util.Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** They write nothing, or rows only, which are counted themselves. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "Com_(select|show_.*|begin|commit|rollback.*|savepoint|release_savepoint|change_db|stmt_.*|prepare_sql|execute_.*|dealloc_sql"
              + "|insert.*|update.*|delete.*|replace.*|load|call_procedure|do|empty_query|explain.*|help|kill|signal|resignal|get_diagnostics"
              + "|ha_.*|checksum|binlog|admin_commands|compound_sql|multi|analyze|check|xa_.*)");

  private static final String WRITES =
      "select object_schema, object_name, count_insert, count_update, count_delete"
          + " from performance_schema.table_io_waits_summary_by_table where count_write > 0 and object_type = 'TABLE'";

  static Counters of(AdminSession admin, Dialect dialect) {
    List<String> status = admin.query(dialect.positionQuery()).get(0);
    Map<TableName, Writes> writes =
        admin.query(WRITES).stream()
            .collect(
                Collectors.toMap(
                    row -> new TableName(row.get(0), row.get(1)),
                    row ->
                        new Writes(
                            Long.parseLong(row.get(2)),
                            Long.parseLong(row.get(3)),
                            Long.parseLong(row.get(4)))));
    Map<String, String> statements =
        admin.query("show global status like 'Com\\_%'").stream()
            .filter(row -> !HARMLESS.matcher(row.get(0)).matches())
            .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
    return new Counters(
        new Position(status.get(0), Long.parseLong(status.get(1))), writes, statements);
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
    Set<TableName> tables = new java.util.HashSet<>(expected.keySet());
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
