package io.github.dataspaces.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Empties tables and fills them again, through a connection that stays. */
final class Truncate implements Peer {

  private final OwnServer server;
  private final Connection connection;
  private final String reload;

  /**
   * @param reload the script that does it
   */
  Truncate(Schema schema, Path folder, String reload) throws SQLException {
    this.reload = reload;
    this.server = new OwnServer(schema, folder);
    server.execute(schema.script());
    this.connection = server.connect();
  }

  @Override
  public Connection clean() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(reload);
    }
    return server.connect();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    server.close();
  }
}
