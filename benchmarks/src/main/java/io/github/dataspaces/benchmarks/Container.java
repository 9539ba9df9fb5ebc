package io.github.dataspaces.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.containers.MariaDBContainer;
import org.testcontainers.containers.MySQLContainer;
import org.testcontainers.containers.PostgreSQLContainer;

/** Testcontainers: a new container, filled by a script, for each test or for each class. */
final class Container implements Peer {

  /** A folder among the resources. */
  private static final String SETTINGS = "testcontainers";

  private final Schema schema;

  /** What is run between the tests of a class; with none each test has its own container. */
  private final @Nullable String reload;

  private @Nullable JdbcDatabaseContainer<?> container;

  private Container(Schema schema, @Nullable String reload) {
    this.schema = schema;
    this.reload = reload;
  }

  static Container forTest(Schema schema) {
    return new Container(schema, null);
  }

  /** What was written is deleted and filled again, as is usual with one container for a class. */
  static Container forClass(Schema schema, String reload) {
    return new Container(schema, reload);
  }

  private JdbcDatabaseContainer<?> start() throws SQLException {
    JdbcDatabaseContainer<?> started = of(schema);
    container = started;
    started.start();
    execute(started, schema.script());
    return started;
  }

  /** None of them flushes, as ours do not. */
  private static JdbcDatabaseContainer<?> of(Schema schema) {
    if (schema.postgres()) {
      return new PostgreSQLContainer<>("postgres:18").withCommand("postgres", "-c", "fsync=off");
    }
    JdbcDatabaseContainer<?> made =
        schema.flavour().startsWith("mysql")
            ? new MySQLContainer<>(schema.flavour()).withConfigurationOverride(SETTINGS)
            : new MariaDBContainer<>(schema.flavour()).withConfigurationOverride(SETTINGS);
    return made.withUrlParam("allowMultiQueries", "true");
  }

  private static void execute(JdbcDatabaseContainer<?> running, String script) throws SQLException {
    try (Connection connection = running.createConnection("");
        Statement statement = connection.createStatement()) {
      statement.execute(script);
    }
  }

  @Override
  public Connection clean() throws SQLException {
    JdbcDatabaseContainer<?> running = container == null ? start() : container;
    if (reload != null) {
      execute(running, reload);
    }
    return running.createConnection("");
  }

  @Override
  public void afterTest() {
    if (reload == null) {
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
