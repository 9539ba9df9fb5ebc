package io.github.dataspaces.reset;

import java.util.stream.Collectors;

/**
 * A database's sequences that can move without a transaction id: those that are not logged. Others
 * can as well, because PostgreSQL logs 32 values ahead, but not the first time after a checkpoint,
 * and copying a database's files makes one. Which sequences there are cannot change without an id.
 *
 * @param query tells their values, as a hash; empty if there are none
 * @param values what it told
 */
record Sequences(String query, String values) {

  private static final String UNLOGGED =
      "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where relkind = 'S' and relpersistence = 'u' order by 1";

  /** Those of the database that the connection is to. */
  static Sequences of(AdminConnection connection) {
    String each =
        connection.query(UNLOGGED).stream()
            .map(row -> "select last_value || ':' || is_called as v from " + row.get(0))
            .collect(Collectors.joining(" union all "));
    String query = each.isEmpty() ? "" : "select md5(string_agg(v, ',')) from (" + each + ") as s";
    return new Sequences(query, each.isEmpty() ? "" : connection.query(query).get(0).get(0));
  }

  /** Whether none has moved, through a connection to the database. */
  boolean areStill(AdminConnection connection) {
    return connection.query(query).get(0).get(0).equals(values);
  }
}
