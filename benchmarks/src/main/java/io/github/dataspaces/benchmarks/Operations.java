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
 * Times create, snapshot, update, rollback and copy of a small and a large database of each engine,
 * in every home given as an argument. From the call until the database answers a query; medians.
 */
public final class Operations {

  /** Rows of about 1 kB, by the name of the size they make. */
  private static final Map<String, Integer> SIZES = Map.of("10 MB", 9_000, "1.5 GB", 1_350_000);

  private static final List<Engine> ENGINES =
      List.of(
          new Engine("postgres", RuntimeChoice.EMBEDDED),
          new Engine("postgres", RuntimeChoice.DOCKER),
          new Engine("mysql:9.7", RuntimeChoice.DOCKER),
          new Engine("mariadb:11.8", RuntimeChoice.DOCKER),
          new Engine("mariadb", RuntimeChoice.EMBEDDED));

  private static final int RUNS = 5;

  /** A flavour, and what its servers run in. */
  private record Engine(String flavour, RuntimeChoice runtime) {}

  private final Dataspaces dataspaces;
  private final Engine engine;
  private final String size;

  private Operations(Dataspaces dataspaces, Engine engine, String size) {
    this.dataspaces = dataspaces;
    this.engine = engine;
    this.size = size;
  }

  /**
   * @param homes folders for homes, each on the file system that is to be measured; they are used
   *     and emptied again. {@code benchmarks.rows} is a pattern of the engines that are wanted
   */
  public static void main(String[] homes) throws Exception {
    System.out.println(
        "| home on | copied by | engine | runtime | database | create | from snapshot | snapshot | update | rollback | copy |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    for (String home : homes) {
      for (Engine engine : ENGINES) {
        for (String size : List.of("10 MB", "1.5 GB")) {
          if (Rows.areWanted(engine.flavour() + " " + engine.runtime() + " " + size)) {
            try (Dataspaces dataspaces = Dataspaces.at(Path.of(home)).open()) {
              new Operations(dataspaces, engine, size).measure();
            }
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
        "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
        fileSystem,
        source.info().cloner(),
        engine.flavour(),
        engine.runtime(),
        size,
        create,
        from,
        snapshot,
        update,
        rollback,
        copy);
  }

  private DataspaceSpec.Builder spec(String name) {
    return DataspaceSpec.named(name).flavour(engine.flavour()).runtime(engine.runtime());
  }

  private void fill(ConnectionInfo connection) throws SQLException {
    if (engine.flavour().equals("postgres")) {
      execute(
          connection,
          "create table filler as select i as id, repeat(md5(i::text), 28) as text from generate_series(1, "
              + SIZES.get(size)
              + ") i",
          "alter table filler add primary key (id)",
          "vacuum analyze filler",
          "checkpoint");
    } else {
      execute(
          connection,
          "create table filler (id int primary key, text varchar(1000))",
          engine.flavour().startsWith("mysql")
              ? "set cte_max_recursion_depth = 100000000"
              : "set max_recursive_iterations = 100000000",
          "insert into filler with recursive n (i) as (select 1 union all select i + 1 from n where i < "
              + SIZES.get(size)
              + ") select i, repeat(left(sha2(i, 256), 32), 28) from n");
    }
  }

  /** What a test might write. */
  private static void change(ConnectionInfo connection) throws SQLException {
    execute(connection, "update filler set text = 'changed' where id <= 100");
  }

  private static void execute(ConnectionInfo database, String... commands) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        Statement statement = connection.createStatement()) {
      for (String sql : commands) {
        statement.execute(sql);
      }
    }
  }
}
