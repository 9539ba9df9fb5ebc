package io.github.dataspaces.reset.mysql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Copies the rows in which a table differs between two sessions, as statements that are not logged,
 * cascade nowhere and have no triggers to set off.
 */
final class RowCopy {

  /** Reading more of them takes as long as putting back the files. */
  private static final int MOST_ROWS = 50_000;

  private static final long MOST_BYTES = 16 << 20;

  /** Keys in one condition. */
  private static final int KEYS_AT_ONCE = 200;

  private static final long BYTES_AT_ONCE = 1 << 20;

  private static final String COLUMNS =
      """
      select column_name, lower(data_type), character_set_name, column_key from information_schema.columns
      where table_schema = ? and table_name = ? and coalesce(generation_expression, '') = '' order by ordinal_position
      """;

  private static final String TRIGGERS =
      """
      select trigger_name from information_schema.triggers
      where event_object_schema = ? and event_object_table = ? and event_manipulation in ('INSERT', 'DELETE')
      """;

  private final TableName table;
  private final AdminSession from;
  private final AdminSession to;
  private final String columns;
  private final String keyColumns;

  /** Expressions of a row's text, and of its key's. */
  private final String row;

  private final String key;

  private RowCopy(
      TableName table, AdminSession from, AdminSession to, List<List<String>> definitions) {
    this.table = table;
    this.from = from;
    this.to = to;
    List<List<String>> ofKey =
        definitions.stream().filter(column -> column.get(3).equals("PRI")).toList();
    this.columns = names(definitions);
    this.keyColumns = names(ofKey);
    this.row = text(definitions);
    this.key = text(ofKey);
  }

  /** What a row is compared by, its text being long. */
  private record Print(String key, String sum, long bytes) {}

  /**
   * Between sessions that see the same definition of the table.
   *
   * @throws Beyond if its rows cannot be copied
   */
  static RowCopy of(TableName table, AdminSession from, AdminSession to) {
    String[] name = {table.database(), table.table()};
    if (!to.query(TRIGGERS, name).isEmpty()) {
      throw new Beyond(
          "rows of %s, which has triggers, were changed that were not logged".formatted(table));
    }
    return new RowCopy(table, from, to, to.query(COLUMNS, name));
  }

  private static String names(List<List<String>> columns) {
    return columns.stream()
        .map(column -> TableName.quote(column.get(0)))
        .collect(Collectors.joining(", "));
  }

  private static String text(List<List<String>> columns) {
    return Literals.tuple(
        columns.stream()
            .map(
                column -> Literals.of(TableName.quote(column.get(0)), column.get(1), column.get(2)))
            .toList());
  }

  /** Makes the table of one session what that of the other is. */
  void restore() {
    to.execute("start transaction");
    if (keyColumns.isEmpty()) {
      restoreAll();
    } else {
      restoreDifferences();
    }
    to.execute("commit");
  }

  /** Where there is no key, rows come in the order in which they were inserted. */
  private void restoreAll() {
    String size = "select count(*), count(%1$s), coalesce(sum(length(%1$s)), 0) from %2$s";
    List<String> sums = rows(from, size.formatted(row, table.quoted())).get(0);
    require(sums.get(0).equals(sums.get(1)));
    requireFew(Long.parseLong(sums.get(0)), new BigDecimal(sums.get(2)).longValue());
    to.execute("delete from " + table.quoted());
    List<List<String>> all =
        rows(from, "select %s from %s use index ()".formatted(row, table.quoted()));
    parts(all, Integer.MAX_VALUE, found -> found.get(0).length()).forEach(this::insert);
  }

  private void restoreDifferences() {
    CompletableFuture<Map<String, Print>> meanwhile =
        CompletableFuture.supplyAsync(() -> prints(from));
    Map<String, Print> now = prints(to);
    Map<String, Print> before = join(meanwhile);
    List<Print> missing = without(before, now);
    requireFew(missing.size(), missing.stream().mapToLong(Print::bytes).sum());
    for (List<Print> part :
        parts(without(now, before), KEYS_AT_ONCE, print -> print.key().length())) {
      to.execute("delete " + these(part));
    }
    for (List<Print> part : parts(missing, KEYS_AT_ONCE, Print::bytes)) {
      insert(rows(from, "select %s %s".formatted(row, these(part))));
    }
  }

  private static <T> T join(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** A sum of 32 bits will do: the whole table's is compared afterwards. */
  private Map<String, Print> prints(AdminSession session) {
    String query =
        "select %s, crc32(%s), length(%s) from %s limit %d"
            .formatted(key, row, row, table.quoted(), MOST_ROWS + 1);
    Map<String, Print> prints = new HashMap<>();
    for (List<String> found : rows(session, query)) {
      // the server cannot make a text of a row that is as long as a packet
      require(!found.get(2).isEmpty());
      prints.put(found.get(0), new Print(found.get(0), found.get(1), Long.parseLong(found.get(2))));
    }
    requireFew(prints.size(), 0);
    return prints;
  }

  private static List<Print> without(Map<String, Print> some, Map<String, Print> others) {
    return some.values().stream().filter(print -> !print.equals(others.get(print.key()))).toList();
  }

  private void requireFew(long rows, long bytes) {
    require(rows <= MOST_ROWS && bytes <= MOST_BYTES);
  }

  private void require(boolean few) {
    if (!few) {
      throw new Beyond("%s is too large for its rows to be compared".formatted(table));
    }
  }

  /** Such as fit into a statement each. */
  private static <T> List<List<T>> parts(List<T> all, int most, ToLongFunction<T> length) {
    List<List<T>> parts = new ArrayList<>();
    List<T> last = List.of();
    long bytes = 0;
    for (T one : all) {
      bytes += length.applyAsLong(one);
      if (last.isEmpty() || last.size() == most || bytes > BYTES_AT_ONCE) {
        last = new ArrayList<>();
        parts.add(last);
        bytes = length.applyAsLong(one);
      }
      last.add(one);
    }
    return parts;
  }

  private void insert(List<List<String>> rows) {
    String values = rows.stream().map(found -> found.get(0)).collect(Collectors.joining(", "));
    to.execute("insert into %s (%s) values %s".formatted(table.quoted(), columns, values));
  }

  private String these(List<Print> part) {
    return "from %s where (%s) in (%s)"
        .formatted(
            table.quoted(),
            keyColumns,
            part.stream().map(Print::key).collect(Collectors.joining(", ")));
  }

  /** Not as a prepared statement: a name may have a question mark in it. */
  private static List<List<String>> rows(AdminSession session, String query) {
    return session.queryAtOnce(List.of(query)).get(0);
  }
}
