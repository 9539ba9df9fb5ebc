package io.github.dataspaces.reset.mysql;

import java.util.List;

/**
 * How a column's value is written so that the same value is stored again, to the last bit, by a
 * session that keeps to no rules of its own; see {@link AdminSession}.
 */
final class Literals {

  private Literals() {}

  /**
   * An expression of that text.
   *
   * @param column quoted
   * @param type the name of its type, in lower case
   * @param characters its character set, which only texts have
   */
  static String of(String column, String type, String characters) {
    return "ifnull(%s, 'null')".formatted(ofGiven(column, type, characters));
  }

  private static String ofGiven(String column, String type, String characters) {
    return switch (type) {
      case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year" ->
          "concat(%s)".formatted(column);
      // a product has all digits, and the sign of zero
      case "float", "double" -> "concat('''', %s * 1e0, '''')".formatted(column);
      case "bit", "enum", "set" -> "concat(%s + 0)".formatted(column);
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
          "concat('_%s x''', hex(%s), '''')".formatted(characters, column);
      case "json" ->
          "concat('_utf8mb4 x''', hex(convert(%s using utf8mb4)), '''')".formatted(column);
      case "date", "time", "datetime", "timestamp", "uuid", "inet4", "inet6" ->
          "concat('''', %s, '''')".formatted(column);
      default -> "concat('x''', hex(%s), '''')".formatted(column);
    };
  }

  /** An expression of several of them, separated and in brackets. */
  static String tuple(List<String> literals) {
    return "concat('(', %s, ')')".formatted(String.join(", ',', ", literals));
  }
}
