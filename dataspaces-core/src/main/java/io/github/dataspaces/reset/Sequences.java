package io.github.dataspaces.reset;

import io.github.dataspaces.runtime.RunningDatabase;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The values of a database's sequences, which can move without a transaction id: PostgreSQL logs 32
 * values ahead, and an unlogged sequence is never logged. Which sequences there are cannot change
 * without one.
 */
final class Sequences implements AutoCloseable {

  private static final String ALL =
      "select format('%I.%I', schemaname, sequencename) from pg_sequences order by 1";

  private final AdminConnection connection;
  private final String query;

  private Sequences(AdminConnection connection, String query) {
    this.connection = connection;
    this.query = query;
  }

  static Sequences of(RunningDatabase server, String database) {
    AdminConnection connection = AdminConnection.open(server, database);
    List<List<String>> names = connection.query(ALL);
    String each =
        names.stream()
            .map(row -> "select last_value || ':' || is_called as v from " + row.get(0))
            .collect(Collectors.joining(" union all "));
    return new Sequences(
        connection,
        each.isEmpty() ? "" : "select md5(string_agg(v, ',')) from (" + each + ") as s");
  }

  /** Differs whenever a sequence has moved. */
  String values() {
    return query.isEmpty() ? "" : connection.query(query).get(0).get(0);
  }

  @Override
  public void close() {
    connection.close();
  }
}
