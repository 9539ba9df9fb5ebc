package io.github.dataspaces.reset.mysql;

import java.util.Locale;
import java.util.Set;

/** A table, with the database that it is in. */
record TableName(String database, String table) {

  private static final Set<String> SYSTEM =
      Set.of("mysql", "sys", "information_schema", "performance_schema");

  /** Whether it is one of the server's own. */
  boolean isSystem() {
    return SYSTEM.contains(database.toLowerCase(Locale.ROOT));
  }

  /** As it is written in a statement. */
  String quoted() {
    return quote(database) + "." + quote(table);
  }

  static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @Override
  public String toString() {
    return database + "." + table;
  }
}
