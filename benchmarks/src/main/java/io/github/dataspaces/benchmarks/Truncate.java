package io.github.dataspaces.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Empties all tables and fills them again, through a connection that stays. */
final class Truncate implements Peer {

  private final OwnServer server;
  private final Connection connection;
  private final Schema schema;

  Truncate(Schema schema, Path folder) throws SQLException {
    this.schema = schema;
    this.server = new OwnServer(folder);
    server.execute(schema.script());
    this.connection = server.connect();
  }

  @Override
  public Connection clean() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("begin;" + schema.truncation() + ";" + schema.rowsOnly() + "commit");
    }
    return server.connect();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    server.close();
  }
}
