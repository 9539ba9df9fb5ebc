package io.github.dataspaces.benchmarks;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspace;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.IfExists;
import io.github.dataspaces.config.RuntimeChoice;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Times the import of dumps of every style by ours and by the engines' own programs, into the same
 * kind of dataspace, one after the other; medians. The programs run in containers of the server's
 * image, which are there before.
 */
public final class Imports {

  private static final int RUNS = 3;
  private static final int TABLES = 4;

  /** After which an import is not run again. */
  private static final double LONG_MILLISECONDS = 60_000;

  private final Dataspaces dataspaces;
  private final Path dumps;
  private final int rows;

  private Imports(Dataspaces dataspaces, Path dumps, int rows) {
    this.dataspaces = dataspaces;
    this.dumps = dumps;
    this.rows = rows;
  }

  /**
   * @param arguments a folder, which is used and emptied again, and how many rows of about 100
   *     bytes, 5,000,000 if nothing is said; then for which engines, all of them if none is said
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000_000;
    Path dumps = Files.createDirectories(folder.resolve("dumps"));
    try (Dataspaces dataspaces = Dataspaces.at(folder.resolve("home")).open()) {
      Imports imports = new Imports(dataspaces, dumps, rows);
      System.out.println("| dump | size | imported by | time | ours is faster by | peak heap |");
      System.out.println("|---|---|---|---|---|---|");
      List<String> engines =
          arguments.length > 2
              ? List.of(arguments).subList(2, arguments.length)
              : List.of("postgres", "mysql", "mariadb");
      for (String engine : engines) {
        switch (engine) {
          case "postgres" -> imports.postgres();
          case "mysql" -> imports.mysql("mysql:9.7", "mysqldump", "mysql");
          case "mariadb" -> imports.mysql("mariadb:11.8", "mariadb-dump", "mariadb");
          default -> throw new IllegalArgumentException(engine);
        }
      }
    }
  }

  private void postgres() throws Exception {
    try (Tools tools = new Tools("postgres:18", dumps)) {
      Dataspace source = create("postgres", RuntimeChoice.EMBEDDED);
      fill(
          source.connection(),
          "select i, md5(i::text), i %% 1000, 'row ' || i, i * 1.5 from generate_series(1, %d) i");
      tools.run(source.connection(), "pg_dump --file=/out/copy.sql");
      tools.run(source.connection(), "pg_dump --inserts --file=/out/inserts.sql");
      tools.run(source.connection(), "pg_dump --format=custom --file=/out/custom.dump");
      source.destroy(true);
      String psql = "psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --file=/out/";
      compare("postgres", tools, "copy.sql", List.of(psql + "copy.sql"));
      compare("postgres", tools, "inserts.sql", List.of(psql + "inserts.sql"));
      String restore = "pg_restore --dbname=dataspace /out/custom.dump --jobs=";
      compare("postgres", tools, "custom.dump", List.of(restore + 1, restore + 2));
    }
  }

  private void mysql(String flavour, String dump, String client) throws Exception {
    try (Tools tools = new Tools(flavour, dumps)) {
      Dataspace source = create(flavour, RuntimeChoice.DOCKER);
      fill(
          source.connection(),
          "with recursive n (i) as (select 1 union all select i + 1 from n where i < %d) select i, left(sha2(i, 256), 32), i %% 1000, concat('row ', i), i * 1.5 from n");
      String how = " --no-defaults --protocol=TCP --host=127.0.0.1 --user=dataspace ";
      String port = " --port=" + source.connection().port();
      tools.run(
          source.connection(),
          dump + how + port + " --result-file=/out/" + client + ".sql dataspace");
      source.destroy(true);
      compare(
          flavour,
          tools,
          client + ".sql",
          List.of(client + how + "--port=$PORT dataspace < /out/" + client + ".sql"));
    }
  }

  private void compare(String flavour, Tools tools, String dump, List<String> others)
      throws Exception {
    if (!Rows.areWanted(dump)) {
      return;
    }
    RuntimeChoice runtime =
        flavour.equals("postgres") ? RuntimeChoice.EMBEDDED : RuntimeChoice.DOCKER;
    Path file = dumps.resolve(dump);
    String size = "%d MB".formatted(Files.size(file) / 1_000_000);
    Timing ours = new Timing();
    long heap = 0;
    while (isDue(ours)) {
      Dataspace dataspace = create(flavour, runtime);
      io.github.dataspaces.config.Imports what =
          io.github.dataspaces.config.Imports.of(List.of(DumpSource.of(file)));
      heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
      ours.time(() -> dataspace.importDump(what));
      heap =
          Math.max(
              heap, heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum());
      dataspace.destroy(true);
    }
    System.out.printf(
        "| %s | %s | dataspaces | %s | | %d MB |%n", dump, size, ours, heap / 1_000_000);
    for (String command : others) {
      Timing other = new Timing();
      while (isDue(other)) {
        Dataspace dataspace = create(flavour, runtime);
        ConnectionInfo connection = dataspace.connection();
        other.time(() -> tools.run(connection, command));
        dataspace.destroy(true);
      }
      String name =
          command.replaceFirst(" .*", "") + command.replaceFirst("^.*?(--jobs=.)?$", " $1");
      System.out.printf(
          "| %s | %s | %s | %s | %.1f × | |%n",
          dump, size, name.strip(), other, other.median() / ours.median());
    }
    Files.delete(file);
  }

  private static boolean isDue(Timing timing) {
    return timing.runs() == 0 || timing.runs() < RUNS && timing.median() < LONG_MILLISECONDS;
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private Dataspace create(String flavour, RuntimeChoice runtime) {
    return dataspaces.create(
        DataspaceSpec.named("imports")
            .flavour(flavour)
            .runtime(runtime)
            .ifExists(IfExists.REPLACE)
            .build());
  }

  private void fill(ConnectionInfo database, String rowsOfTable) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        Statement statement = connection.createStatement()) {
      if (!database.jdbcUrl().startsWith("jdbc:postgresql")) {
        statement.execute(
            database.jdbcUrl().contains("mariadb")
                ? "set max_recursive_iterations = 100000000"
                : "set cte_max_recursion_depth = 100000000");
      }
      for (int table = 1; table <= TABLES; table++) {
        String name = "t" + table;
        statement.execute(
            "create table "
                + name
                + " (id int primary key, hash varchar(40), number int, note varchar(60), amount numeric(12, 2))");
        statement.execute("insert into " + name + " " + rowsOfTable.formatted(rows / TABLES));
        statement.execute("create index %s_number on %s (number, hash)".formatted(name, name));
      }
    }
  }
}
