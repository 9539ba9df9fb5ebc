package io.github.dataspaces.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Prints, as a table, how long it takes to hand a test its clean database: ours as users have it,
 * the peers called directly.
 */
final class Resets {

  private static final String TABLE =
      """
      | files on | database | approach | test between | median ms | p95 | p99 | mean | runs |
      |---|---|---|---|---|---|---|---|---|""";

  private final Path folder;
  private final String fileSystem;

  private Resets(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.fileSystem = Files.getFileStore(folder).type();
  }

  /**
   * @param arguments what to measure ({@code ours} or {@code peers}), schemas with commas between,
   *     and folders, each on the file system that is to be measured; they are used and left with a
   *     home in them
   */
  public static void main(String[] arguments) throws Exception {
    System.out.println(TABLE);
    for (String folder : List.of(arguments).subList(2, arguments.length)) {
      Resets resets = new Resets(Path.of(folder));
      for (String name : arguments[1].split(",")) {
        if (arguments[0].equals("ours")) {
          resets.ours(Schema.named(name));
        } else {
          resets.peers(Schema.named(name));
        }
      }
    }
    System.exit(0);
  }

  private void ours(Schema schema) throws IOException {
    Path seed = Files.writeString(Files.createTempFile("seed", ".sql"), schema.script());
    for (String runtime : List.of("embedded", "docker")) {
      Map<String, String> parameters =
          Map.of(
              "dataspaces.home",
              folder.resolve("home").toString(),
              "dataspaces.runtime",
              runtime,
              "dataspaces.keepAlive",
              "false",
              "dataspaces.seed",
              seed.toString());
      row(schema, parameters, Gaps.ClassWriting.class, 20, runtime + ", CLASS, writing");
      row(schema, parameters, Gaps.ClassReading.class, 20, runtime + ", CLASS, reading");
      row(schema, parameters, Gaps.MethodWriting.class, 20, runtime + ", METHOD, writing");
      row(schema, parameters, Gaps.ClassWriting.class, 0, runtime + ", CLASS, writing");
    }
  }

  private void row(
      Schema schema, Map<String, String> parameters, Class<?> tests, int pause, String approach) {
    Gaps.begin(schema, pause);
    Tests.run(parameters, List.of(tests));
    print(schema, "**dataspaces**, " + approach, pause, Gaps.measured());
  }

  private void peers(Schema schema) throws Exception {
    for (String name : List.of("zonky", "truncate", "rider", "flyway", "testcontainers-test")) {
      int runs = name.equals("testcontainers-test") ? 10 : Gaps.RUNS / 2;
      for (int pause : List.of(20, 0)) {
        try (Peer peer = Peer.named(name, schema, folder.resolve("peer"))) {
          Gaps.begin(schema, pause);
          for (int i = 0; i < runs; i++) {
            Gaps.test(peer::clean, true);
            peer.afterTest();
          }
          print(schema, name, pause, Gaps.measured());
        }
      }
    }
  }

  private void print(Schema schema, String approach, int pause, Distribution measured) {
    System.out.printf(
        "| %s | %s | %s | %s | %s |%n",
        fileSystem, schema.name(), approach, pause == 0 ? "none" : pause + " ms", measured.cells());
  }
}
