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
  private final String url;

  OwnServer(Schema schema, Path folder) {
    this.dataspaces = Dataspaces.at(folder).open();
    RuntimeChoice runtime = schema.postgres() ? RuntimeChoice.EMBEDDED : RuntimeChoice.DOCKER;
    String name = "peer-" + ProcessHandle.current().pid();
    this.dataspace =
        dataspaces.create(
            DataspaceSpec.named(name).flavour(schema.flavour()).runtime(runtime).build());
    this.target = dataspace.connection();
    this.url = schema.postgres() ? target.jdbcUrl() : multiple(target.jdbcUrl());
  }

  /** Without them the drivers of MySQL and MariaDB take one statement, and one row, at a time. */
  private static String multiple(String url) {
    return url
        + (url.contains("?") ? "&" : "?")
        + "allowMultiQueries=true&rewriteBatchedStatements=true";
  }

  String url() {
    return url;
  }

  ConnectionInfo target() {
    return target;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, target.username(), target.password());
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
