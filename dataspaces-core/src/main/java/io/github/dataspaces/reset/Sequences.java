package io.github.dataspaces.reset;

import io.github.dataspaces.runtime.RunningDatabase;
import java.util.stream.Collectors;

/**
 * A database's sequences, which can move without a transaction id: PostgreSQL logs 32 values ahead,
 * and an unlogged sequence is never logged. Which sequences there are cannot change without one.
 *
 * @param query tells their values, as a hash; empty if there are none
 * @param values what it told
 */
record Sequences(String query, String values) {

  private static final String ALL =
      "select format('%I.%I', schemaname, sequencename) from pg_sequences order by 1";

  static Sequences of(RunningDatabase server, String database) {
    try (AdminConnection connection = AdminConnection.open(server, database)) {
      String each =
          connection.query(ALL).stream()
              .map(row -> "select last_value || ':' || is_called as v from " + row.get(0))
              .collect(Collectors.joining(" union all "));
      String query =
          each.isEmpty() ? "" : "select md5(string_agg(v, ',')) from (" + each + ") as s";
      return new Sequences(query, each.isEmpty() ? "" : connection.query(query).get(0).get(0));
    }
  }

  /** Whether none has moved, through a connection to the database. */
  boolean areStill(AdminConnection connection) {
    return connection.query(query).get(0).get(0).equals(values);
  }
}
