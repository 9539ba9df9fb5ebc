package io.github.dataspaces.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** Flyway's clean and migrate before each test. */
final class FlywayCleanMigrate implements Peer {

  private final OwnServer server;
  private final Flyway flyway;

  FlywayCleanMigrate(Schema schema, Path folder) throws IOException {
    this.server = new OwnServer(schema, folder);
    Path migrations = Files.createTempDirectory("migrations");
    Files.writeString(migrations.resolve("V1__schema.sql"), schema.definitions());
    Files.writeString(migrations.resolve("V2__rows.sql"), schema.rowsOnly());
    this.flyway =
        Flyway.configure()
            .dataSource(server.url(), server.target().username(), server.target().password())
            .locations("filesystem:" + migrations)
            .cleanDisabled(false)
            .load();
  }

  @Override
  public Connection clean() throws SQLException {
    flyway.clean();
    flyway.migrate();
    return server.connect();
  }

  @Override
  public void close() {
    server.close();
  }
}
