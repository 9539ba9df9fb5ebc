package io.github.dataspaces.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The machine's Docker engine, asked through its own command: not through what is tested. */
public final class DockerEngine {

  private static final String WHY_NOT = "no Docker engine answers: what needs one is skipped";
  private static final boolean ANSWERS =
      Command.run(Map.of(), "docker", "version", "--format", "{{.Server.Version}}").exit() == 0;

  private DockerEngine() {}

  /** Whether one answers. */
  public static boolean answers() {
    return ANSWERS;
  }

  /** Whether a machine that lacks something fails instead of skipping. */
  public static boolean required() {
    return "required".equals(System.getenv("DATASPACES_TEST_DOCKER"));
  }

  /** Skips the test without an engine, or fails it where one is required. */
  public static void require() {
    requireThat(ANSWERS, WHY_NOT);
  }

  /** Skips the test unless that holds, or fails it where everything is required. */
  public static void requireThat(boolean holds, String whyNot) {
    if (!holds && required()) {
      Assertions.fail(whyNot + ", but DATASPACES_TEST_DOCKER=required");
    }
    Assumptions.assumeTrue(holds, whyNot);
  }

  /** Runs a docker command that has to succeed. */
  public static String docker(String... arguments) {
    return Command.output(
        Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new));
  }

  /** What there is of one home: {@code container}, {@code network} or {@code volume} names. */
  public static List<String> ofHome(String kind, String homeId) {
    List<String> command = new ArrayList<>(List.of("docker", kind, "ls", "--quiet"));
    if (kind.equals("container")) {
      command.add("--all");
    }
    command.addAll(List.of("--filter", "label=io.github.dataspaces.home=" + homeId));
    return Command.output(command.toArray(String[]::new)).lines().toList();
  }

  /**
   * The port that a program in a server's container finds it at.
   *
   * @param own the server's own, where the container has a network of its own
   * @param outside the one it has on this machine
   */
  public static int portInside(String container, int own, int outside) {
    String network = docker("inspect", "--format={{.HostConfig.NetworkMode}}", container).strip();
    return network.equals("host") ? outside : own;
  }

  /** The containers of a dataspace. */
  public static List<String> containersOf(String homeId, String dataspace) {
    return docker(
            "container",
            "ls",
            "--all",
            "--quiet",
            "--filter",
            "label=io.github.dataspaces.home=" + homeId,
            "--filter",
            "label=io.github.dataspaces.name=" + dataspace)
        .lines()
        .toList();
  }
}
