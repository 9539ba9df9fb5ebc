package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tables of a database are wanted, and which rows of them. Immutable.
 *
 * @param tables the tables whose rows are wanted; empty for all
 * @param withReferenced whether the rows that those refer to in other tables are wanted too
 * @param limits which rows, by what their table is called; a table that is not mentioned has none
 */
public record Selection(List<String> tables, boolean withReferenced, Map<String, RowLimit> limits) {

  /** All that there is. */
  public static final Selection ALL = new Selection(List.of(), true, Map.of());

  static final String TABLES = "tables";
  static final String WITH_REFERENCED = "withReferenced";
  static final String ROWS = "rows";
  static final String WHERE = "where";
  static final Set<String> KEYS = Set.of(TABLES, WITH_REFERENCED, ROWS, WHERE);

  private static final String NAME = "[^\\s:;=,]+";
  private static final Pattern CONDITION =
      Pattern.compile("(" + NAME + ")\\s*:(?!:)\\s*(\\S.*)", Pattern.DOTALL);
  private static final Pattern NEXT_CONDITION = Pattern.compile(";(?=\\s*" + NAME + "\\s*:(?!:))");
  private static final Pattern COUNT = Pattern.compile("(" + NAME + ")\\s*=(.*)");

  public Selection {
    tables = List.copyOf(tables);
    limits = Map.copyOf(limits);
  }

  /** Those tables, whole. */
  public static Selection of(List<String> tables, boolean withReferenced) {
    return new Selection(tables, withReferenced, Map.of());
  }

  /** Whether nothing is left out. */
  public boolean isAll() {
    return tables.isEmpty() && limits.isEmpty();
  }

  /**
   * Reads settings by their names: {@code tables}, {@code withReferenced}, {@code rows} and {@code
   * where}.
   *
   * @param said where the settings are; nothing has to be said
   * @throws DataspaceException {@link Reason#INVALID} for one that cannot be understood
   */
  public static Selection of(Settings.Layer said) {
    Map<String, RowLimit> limits = new LinkedHashMap<>();
    conditions(said.apply(WHERE).orElse(""))
        .forEach((table, text) -> limits.put(table, RowLimit.NONE.where(text)));
    counts(said.apply(ROWS).orElse(""))
        .forEach(
            (table, rows) ->
                limits.put(table, limits.getOrDefault(table, RowLimit.NONE).first(rows)));
    return new Selection(
        list(said.apply(TABLES).orElse("")),
        Settings.flag(WITH_REFERENCED, said.apply(WITH_REFERENCED).orElse("true")),
        limits);
  }

  /** A text that says all of it: the same for what selects the same. */
  public String settings() {
    List<String> parts = new ArrayList<>();
    parts.add(String.join(",", tables));
    parts.add(String.valueOf(withReferenced));
    new TreeMap<>(limits)
        .forEach(
            (table, limit) ->
                parts.addAll(
                    List.of(
                        table,
                        limit.condition().orElse(""),
                        limit.rows().map(RowLimit.Rows::toString).orElse(""))));
    // a character that none of them has, or two settings could look the same
    return String.join("\0", parts);
  }

  /** {@code table: condition} in lines, or in one line with semicolons between them. */
  private static Map<String, String> conditions(String text) {
    Map<String, String> conditions = new LinkedHashMap<>();
    String[] parts = text.contains("\n") ? text.split("\n") : NEXT_CONDITION.split(text);
    for (String part : parts) {
      Matcher matcher = CONDITION.matcher(part.strip());
      if (matcher.matches()) {
        once(conditions, WHERE, matcher.group(1), matcher.group(2));
      } else if (!part.isBlank()) {
        throw new DataspaceException(
            Reason.INVALID,
            "where: '%s' names no table.".formatted(part.strip()),
            "Write a table and its condition with a colon between them, for example: orders: placed > '2024-01-01'");
      }
    }
    return conditions;
  }

  /** {@code table=number} in lines, or with commas between them. */
  private static Map<String, RowLimit.Rows> counts(String text) {
    Map<String, RowLimit.Rows> counts = new LinkedHashMap<>();
    for (String part : text.split("[,\n]")) {
      Matcher matcher = COUNT.matcher(part.strip());
      if (matcher.matches()) {
        String table = matcher.group(1);
        once(counts, ROWS, table, RowLimit.Rows.parse(table, matcher.group(2)));
      } else if (!part.isBlank()) {
        throw new DataspaceException(
            Reason.INVALID,
            "rows: '%s' is no table with a number.".formatted(part.strip()),
            "Write tables with how many rows of each, for example: orders=1%,customers=1000");
      }
    }
    return counts;
  }

  private static <T> void once(Map<String, T> values, String key, String table, T value) {
    if (values.put(table, value) != null) {
      throw new DataspaceException(
          Reason.INVALID,
          "%s: '%s' is named twice.".formatted(key, table),
          "Say it once for each table.");
    }
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }
}
