package io.github.dataspaces.benchmarks;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspace;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * Times create, snapshot, update, rollback and copy of a small and a large database, in every home
 * given as an argument, on both runtimes. From the call until the database answers a query;
 * medians.
 */
public final class Operations {

  /** Rows of about 1 kB, by the name of the size they make. */
  private static final Map<String, Integer> SIZES = Map.of("10 MB", 9_000, "1.5 GB", 1_350_000);

  private static final int RUNS = 5;

  private final Dataspaces dataspaces;
  private final RuntimeChoice runtime;
  private final String size;

  private Operations(Dataspaces dataspaces, RuntimeChoice runtime, String size) {
    this.dataspaces = dataspaces;
    this.runtime = runtime;
    this.size = size;
  }

  /**
   * @param homes folders for homes, each on the file system that is to be measured; they are used
   *     and emptied again
   */
  public static void main(String[] homes) throws Exception {
    System.out.println(
        "| home on | copied by | runtime | database | create | from snapshot | snapshot | update | rollback | copy |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (String home : homes) {
      for (RuntimeChoice runtime : List.of(RuntimeChoice.EMBEDDED, RuntimeChoice.DOCKER)) {
        for (String size : List.of("10 MB", "1.5 GB")) {
          try (Dataspaces dataspaces = Dataspaces.at(Path.of(home)).open()) {
            new Operations(dataspaces, runtime, size).measure();
          }
        }
      }
    }
  }

  private void measure() throws SQLException, IOException {
    try {
      dataspaces.create(spec("warm").build()).destroy(true);
      Timing create = new Timing();
      for (int i = 0; i < RUNS; i++) {
        create.time(() -> dataspaces.create(spec("created").build()));
        dataspaces.get("created").destroy(true);
      }
      Dataspace source = dataspaces.create(spec("source").build());
      fill(source.connection());
      report(source, create);
    } finally {
      dataspaces.list().forEach(info -> dataspaces.get(info.name()).destroy(true));
    }
  }

  private void report(Dataspace source, Timing create) throws SQLException, IOException {
    Timing snapshot = new Timing();
    Timing update = new Timing();
    Timing rollback = new Timing();
    Timing copy = new Timing();
    Timing from = new Timing();
    for (int i = 0; i < RUNS; i++) {
      snapshot.time(() -> source.snapshot("taken", false));
      change(source.connection());
      update.time(() -> source.snapshot("taken", true));
      change(source.connection());
      rollback.time(() -> source.rollback("taken"));
      copy.time(() -> source.copy("copied"));
      from.time(
          () ->
              dataspaces.create(
                  spec("from").from(new SnapshotReference("source", "taken")).build()));
      dataspaces.get("copied").destroy(true);
      dataspaces.get("from").destroy(true);
      dataspaces.deleteSnapshot(new SnapshotReference("source", "taken"));
    }
    String fileSystem = Files.getFileStore(dataspaces.home()).type();
    System.out.printf(
        "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
        fileSystem,
        source.info().cloner(),
        runtime,
        size,
        create,
        from,
        snapshot,
        update,
        rollback,
        copy);
  }

  private DataspaceSpec.Builder spec(String name) {
    return DataspaceSpec.named(name).flavour("postgres").runtime(runtime);
  }

  private void fill(ConnectionInfo connection) throws SQLException {
    execute(
        connection,
        "create table filler as select i as id, repeat(md5(i::text), 28) as text from generate_series(1, "
            + SIZES.get(size)
            + ") i");
    execute(connection, "alter table filler add primary key (id)");
    execute(connection, "vacuum analyze filler");
    execute(connection, "checkpoint");
  }

  /** What a test might write. */
  private static void change(ConnectionInfo connection) throws SQLException {
    execute(connection, "update filler set text = 'changed' where id <= 100");
  }

  private static void execute(ConnectionInfo database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
