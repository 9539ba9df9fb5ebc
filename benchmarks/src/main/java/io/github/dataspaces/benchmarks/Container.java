package io.github.dataspaces.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.PostgreSQLContainer;

/** Testcontainers: a new container, filled by a script, for each test or for each class. */
final class Container implements Peer {

  private final Schema schema;
  private final boolean eachTest;
  private @Nullable PostgreSQLContainer<?> container;

  Container(Schema schema, boolean eachTest) {
    this.schema = schema;
    this.eachTest = eachTest;
  }

  private PostgreSQLContainer<?> start() throws SQLException {
    PostgreSQLContainer<?> started = new PostgreSQLContainer<>("postgres:18");
    container = started;
    started.withCommand("postgres", "-c", "fsync=off").start();
    try (Connection connection = connect(started);
        Statement statement = connection.createStatement()) {
      statement.execute(schema.script());
    }
    return started;
  }

  private static Connection connect(PostgreSQLContainer<?> started) throws SQLException {
    return DriverManager.getConnection(
        started.getJdbcUrl(), started.getUsername(), started.getPassword());
  }

  @Override
  public Connection clean() throws SQLException {
    PostgreSQLContainer<?> running = container == null ? start() : container;
    if (!eachTest) {
      // usual with one container for a class: what was written is deleted and filled again
      try (Connection connection = connect(running);
          Statement statement = connection.createStatement()) {
        statement.execute("begin;" + schema.truncation() + ";" + schema.rowsOnly() + "commit");
      }
    }
    return connect(running);
  }

  @Override
  public void afterTest() {
    if (eachTest) {
      close();
    }
  }

  @Override
  public void afterClass() {
    close();
  }

  @Override
  public void close() {
    if (container != null) {
      container.stop();
      container = null;
    }
  }
}
