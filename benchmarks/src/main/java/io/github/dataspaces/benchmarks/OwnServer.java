package io.github.dataspaces.benchmarks;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspace;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A server for the peers that bring none: the same, with the same settings, that ours run on. */
final class OwnServer implements AutoCloseable {

  private final Dataspaces dataspaces;
  private final Dataspace dataspace;
  private final ConnectionInfo target;

  OwnServer(Path folder) {
    this.dataspaces = Dataspaces.at(folder).open();
    String name = "peer-" + ProcessHandle.current().pid();
    this.dataspace =
        dataspaces.create(
            DataspaceSpec.named(name).flavour("postgres").runtime(RuntimeChoice.EMBEDDED).build());
    this.target = dataspace.connection();
  }

  ConnectionInfo target() {
    return target;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(target.jdbcUrl(), target.username(), target.password());
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    dataspace.destroy(true);
    dataspaces.close();
  }
}
