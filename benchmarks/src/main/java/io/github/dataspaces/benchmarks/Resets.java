package io.github.dataspaces.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prints rows of a table that tells how long it takes to hand a test its clean database: ours as
 * users have it, the peers called directly. Each row is run unmeasured first.
 */
final class Resets {

  private static final String TABLE =
      """
      | files on | database | approach | test between | median ms | p95 | p99 | mean | runs |
      |---|---|---|---|---|---|---|---|---|""";

  private static final Way WRITING = new Way(Gaps.ClassWriting.class, 20, "CLASS, writing");
  private static final Way READING = new Way(Gaps.ClassReading.class, 20, "CLASS, reading");
  private static final Way READING_AT_ONCE = new Way(Gaps.ClassReading.class, 0, "CLASS, reading");
  private static final Way METHOD = new Way(Gaps.MethodWriting.class, 20, "METHOD, writing");
  private static final Way AT_ONCE = new Way(Gaps.ClassWriting.class, 0, "CLASS, writing");
  private static final List<Way> ALL = List.of(WRITING, READING, METHOD, AT_ONCE, READING_AT_ONCE);

  private static final String KEPT = "plain JUnit, a connection that stays, reading";
  private static final List<Class<?>> KEPT_TESTS = List.of(Gaps.Kept.class);

  /** File systems on which files can share their bytes. */
  private static final Set<String> SHARING = Set.of("xfs", "btrfs");

  private static final int PEER_SECONDS = 20;

  private final Path folder;
  private final String fileSystem;

  private Resets(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.fileSystem = Files.getFileStore(folder).type();
  }

  /** How our tests are run. */
  private record Way(Class<?> tests, int pause, String name) {}

  /** Some tests, as many as {@link Gaps} asks for. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  /**
   * @param arguments {@code postgres} or {@code mysql}, and folders, each on a file system that is
   *     to be measured; they are used and left with a home in them
   */
  public static void main(String[] arguments) throws Exception {
    System.out.println(TABLE);
    List<String> folders = List.of(arguments).subList(1, arguments.length);
    if (arguments[0].equals("mysql")) {
      for (String folder : folders) {
        new Resets(Path.of(folder)).mysql();
      }
    } else {
      postgres(folders);
    }
    System.exit(0);
  }

  private static void postgres(List<String> folders) throws Exception {
    for (int pause : List.of(20, 0)) {
      Plan plan = new Plan(Schema.SMALL, pause, 200);
      row("", "", "plain JUnit", plan, () -> Tests.run(Map.of(), List.of(Gaps.Plain.class)));
    }
    new Resets(Path.of(folders.get(0))).kept(Schema.SMALL);
    for (String folder : folders) {
      new Resets(Path.of(folder)).ours();
    }
    for (String folder : folders) {
      new Resets(Path.of(folder)).peers(folder.equals(folders.get(0)));
    }
  }

  private void ours() throws Exception {
    ours(Schema.SMALL, "embedded", ALL, 200);
    ours(Schema.SMALL, "docker", ALL, 200);
    ours(Schema.WIDE, "embedded", List.of(WRITING, METHOD), 200);
    if (SHARING.contains(fileSystem)) {
      ours(Schema.LARGE, "embedded", ALL, 100);
      ours(Schema.LARGE, "docker", ALL, 100);
    } else if (!fileSystem.equals("tmpfs")) {
      ours(Schema.LARGE, "embedded", List.of(WRITING), 20);
    }
  }

  private void peers(boolean first) throws Exception {
    peer("zonky", Schema.SMALL, 20, 200);
    peer("truncate", Schema.SMALL, 20, 200);
    peer("rider", Schema.SMALL, 20, 100);
    peer("flyway", Schema.SMALL, 20, 100);
    if (first) {
      peer("zonky", Schema.SMALL, 0, 200);
      peer("truncate", Schema.SMALL, 0, 200);
      peer("testcontainers-test", Schema.SMALL, 20, 10);
      peer("testcontainers-class", Schema.SMALL, 20, 100);
    }
  }

  private void mysql() throws Exception {
    List<Way> ways = List.of(WRITING, READING, AT_ONCE, READING_AT_ONCE);
    kept(Schema.MYSQL);
    kept(Schema.MARIADB);
    ours(Schema.MYSQL, "docker", ways, 100);
    ours(Schema.MARIADB, "docker", ways, 100);
    ours(Schema.NATIVE_MARIADB, "embedded", ways, 100);
    for (Schema schema : List.of(Schema.MYSQL, Schema.MARIADB)) {
      peer("truncate-changed", schema, 20, 20);
      peer("truncate", schema, 20, 20);
      peer("rider", schema, 20, 20);
      peer("flyway", schema, 20, 20);
      peer("testcontainers-test", schema, 20, 5);
      peer("testcontainers-class-changed", schema, 20, 20);
    }
  }

  private void ours(Schema schema, String runtime, List<Way> ways, int runs) throws Exception {
    Path seed = Files.writeString(Files.createTempFile("seed", ".sql"), schema.script());
    Map<String, String> parameters =
        Map.of(
            "dataspaces.home",
            folder.resolve("home").toString(),
            "dataspaces.flavour",
            schema.flavour(),
            "dataspaces.runtime",
            runtime,
            "dataspaces.keepAlive",
            "false",
            "dataspaces.seed",
            seed.toString());
    for (Way way : ways) {
      row(
          fileSystem,
          schema.name(),
          "**dataspaces**, %s, %s".formatted(runtime, way.name()),
          new Plan(schema, way.pause(), runs),
          () -> Tests.run(parameters, List.of(way.tests())));
    }
    Files.delete(seed);
  }

  /** The least that a test with a connection takes, whatever puts its database back. */
  private void kept(Schema schema) throws Exception {
    if (!Rows.areWanted(cells(fileSystem, schema.name(), KEPT, 20))) {
      return;
    }
    try (OwnServer server = new OwnServer(schema, folder.resolve("peer"))) {
      server.execute(schema.script());
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(server.url());
      config.setUsername(server.target().username());
      config.setPassword(server.target().password());
      try (HikariDataSource pool = new HikariDataSource(config)) {
        Gaps.Kept.pool = pool::getConnection;
        Plan plan = new Plan(schema, 20, 200);
        row(fileSystem, schema.name(), KEPT, plan, () -> Tests.run(Map.of(), KEPT_TESTS));
      }
    }
  }

  private void peer(String name, Schema schema, int pause, int runs) throws Exception {
    // Testcontainers' files are where the engine puts them
    String filesOn = name.startsWith("testcontainers") ? "Docker's" : fileSystem;
    if (!Rows.areWanted(cells(filesOn, schema.name(), name, pause))) {
      return;
    }
    try (Peer peer = Peer.named(name, schema, folder.resolve("peer"))) {
      Plan plan = new Plan(schema, pause, runs, PEER_SECONDS);
      row(filesOn, schema.name(), name, plan, () -> tests(peer));
    }
  }

  private static void tests(Peer peer) throws Exception {
    while (Gaps.more()) {
      Gaps.test(peer::clean, true);
      peer.afterTest();
    }
  }

  private static void row(String filesOn, String database, String approach, Plan plan, Work tests)
      throws Exception {
    String cells = cells(filesOn, database, approach, plan.pause());
    if (Rows.areWanted(cells)) {
      Gaps.begin(plan.warmUp());
      tests.run();
      Gaps.begin(plan);
      tests.run();
      System.out.printf("| %s | %s |%n", cells, Gaps.measured().cells());
    }
  }

  private static String cells(String filesOn, String database, String approach, int pause) {
    String between = pause == 0 ? "none" : pause + " ms";
    return "%s | %s | %s | %s".formatted(filesOn, database, approach, between);
  }
}
