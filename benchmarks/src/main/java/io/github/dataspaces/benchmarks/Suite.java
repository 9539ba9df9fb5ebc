package io.github.dataspaces.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints, as a table, how long whole suites take: the wall time of the processes that run them, in
 * one or two forks, the start of the JVM included. "dataspaces" keeps no server between builds,
 * "dataspaces-warm" does; both find the template that an earlier build has made. "jdbc" is what any
 * use of a database costs: a server that is there, and transactions that are rolled back.
 */
final class Suite {

  private static final String JDBC = "jdbc";

  private static final int RUNS = 3;

  /** Seconds after which a suite is not run again. */
  private static final double LONG = 15;

  private static final List<String> APPROACHES =
      List.of(
          "plain",
          JDBC,
          "dataspaces",
          "dataspaces-warm",
          "zonky",
          "truncate",
          "rider",
          "flyway",
          "testcontainers-class");

  private Suite() {}

  /**
   * @param arguments a folder for the files, and which approaches, all of them if none is said; or,
   *     for a fork, {@code fork}, the approach, the first class, the one after the last, and the
   *     folder
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("fork")) {
      fork(
          arguments[1],
          Integer.parseInt(arguments[2]),
          Integer.parseInt(arguments[3]),
          Path.of(arguments[4]));
      System.exit(0);
    }
    List<String> wanted = List.of(arguments).subList(1, arguments.length);
    System.out.println(
        "| approach | 10 tests, 1 class | 200 tests, 20 classes | the same in 2 forks |");
    System.out.println("|---|---|---|---|");
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Files.writeString(folder.resolve("seed.sql"), Schema.SMALL.script());
    for (String approach : wanted.isEmpty() ? APPROACHES : wanted) {
      if (approach.equals(JDBC)) {
        try (OwnServer server = new OwnServer(Schema.SMALL, folder.resolve("there"))) {
          server.execute(Schema.SMALL.script());
          server.execute("create database " + RolledBack.SECOND + " template dataspace");
          Files.write(
              folder.resolve(JDBC),
              List.of(server.url(), server.target().username(), server.target().password()));
          print(approach, folder);
        }
      } else {
        print(approach, folder);
      }
    }
  }

  private static void print(String approach, Path folder) throws IOException, InterruptedException {
    System.out.printf(
        "| %s | %s | %s | %s |%n",
        approach,
        seconds(approach, folder, List.of(0, 0)),
        seconds(approach, folder, List.of(0, 20)),
        seconds(approach, folder, List.of(0, 10, 20)));
  }

  /** The median of several runs, or the only one of what takes long. */
  private static String seconds(String approach, Path folder, List<Integer> borders)
      throws IOException, InterruptedException {
    if (approach.startsWith("dataspaces")) {
      once(approach, folder, borders); // makes the template, and for "warm" leaves servers
    }
    List<Double> taken = new ArrayList<>();
    do {
      taken.add(once(approach, folder, borders));
    } while (taken.size() < RUNS && taken.get(0) < LONG);
    taken.sort(Double::compare);
    return String.format(Locale.ROOT, "%.2f s", taken.get(taken.size() / 2));
  }

  private static double once(String approach, Path folder, List<Integer> borders)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<Process> forks = new ArrayList<>();
    for (int i = 0; i + 1 < borders.size(); i++) {
      forks.add(start(approach, folder, borders.get(i), borders.get(i + 1)));
    }
    for (Process fork : forks) {
      if (fork.waitFor() != 0) {
        throw new IllegalStateException(approach + " failed");
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static Process start(String approach, Path folder, int first, int end)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Suite.class.getName(),
            "fork",
            approach,
            String.valueOf(first),
            String.valueOf(end),
            folder.toString());
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.to(new File("/dev/stderr")))
        .start();
  }

  private static void fork(String approach, int first, int end, Path folder) throws Exception {
    if (approach.startsWith("dataspaces")) {
      Path seed = folder.resolve("seed.sql");
      Tests.run(
          Map.of(
              "dataspaces.home",
              folder.resolve("home").toString(),
              "dataspaces.runtime",
              "embedded",
              "dataspaces.keepAlive",
              approach.equals("dataspaces-warm") ? "5m" : "false",
              "dataspaces.seed",
              seed.toString()),
          classes(SuiteTests.OURS, first, end));
      return;
    }
    if (approach.equals(JDBC)) {
      SuiteTests.peer = RolledBack.at(Files.readAllLines(folder.resolve(JDBC)), first > 0);
    } else if (!approach.equals("plain")) {
      SuiteTests.peer = Peer.named(approach, Schema.SMALL, folder.resolve("peer"));
    }
    Tests.run(Map.of(), classes(SuiteTests.OTHERS, first, end));
    SuiteTests.peer.close();
  }

  private static List<Class<?>> classes(List<Class<?>> all, int first, int end) {
    return all.subList(first, Math.max(end, first + 1));
  }
}
