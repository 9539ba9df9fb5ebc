package io.github.dataspaces.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at a home from outside: that every file in it belongs to something published. */
final class HomeCheck {

  private static final String BACKEND = "postgres: ";

  private HomeCheck() {}

  /** What is half-made. */
  static List<String> untidy(Path home) {
    List<String> found = new ArrayList<>();
    List<Path> entries = new ArrayList<>(children(home.resolve("dataspaces")));
    entries.addAll(children(home.resolve("templates")));
    children(home.resolve("snapshots")).forEach(folder -> entries.addAll(children(folder)));
    entries.forEach(entry -> checkEntry(entry, found));
    children(home.resolve("runtimes")).stream()
        .filter(path -> path.toString().endsWith(".scratch"))
        .forEach(path -> found.add(path.toString()));
    children(home).stream()
        .filter(path -> path.toString().endsWith(".scratch"))
        .forEach(path -> found.add(path.toString()));
    return found;
  }

  private static void checkEntry(Path entry, List<String> found) {
    Path record = entry.resolve("record.json");
    if (!Files.isRegularFile(record)) {
      found.add(entry + " has no record");
      return;
    }
    String data = "data-" + number(record);
    for (Path child : children(entry)) {
      String name = child.getFileName().toString();
      if (!List.of("record.json", "server.log", "current", data).contains(name)) {
        found.add(child + " belongs to nothing");
      }
    }
  }

  private static int number(Path record) {
    try {
      return new ObjectMapper().readTree(record.toFile()).get("data").asInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void assertTidy(TestHome home) {
    // a program that a killed JVM had started may still be ending
    Eventually.within(Duration.ofSeconds(10), () -> untidy(home.folder()).isEmpty());
    assertThat(untidy(home.folder())).isEmpty();
    List<Path> dataspaces = children(home.folder().resolve("dataspaces"));
    Eventually.within(Duration.ofSeconds(10), () -> strayServers(home, dataspaces).isEmpty());
    assertThat(strayServers(home, dataspaces)).as("servers of nothing that is there").isEmpty();
    if (DockerEngine.answers()) {
      assertThat(DockerEngine.ofHome("container", home.id()))
          .as("containers")
          .hasSizeLessThanOrEqualTo(dataspaces.size());
    }
  }

  private static List<String> strayServers(TestHome home, List<Path> dataspaces) {
    return home.processes().stream()
        .map(Processes::commandLine)
        .filter(command -> !command.isBlank() && !command.contains(Child.class.getName()))
        .filter(
            command ->
                dataspaces.stream()
                    .noneMatch(
                        folder ->
                            command.contains(
                                folder + "/data-" + number(folder.resolve("record.json")))))
        .filter(command -> !isBackend(command))
        .toList();
  }

  /** A backend has a title of its own, which may be half written. */
  private static boolean isBackend(String command) {
    return command.startsWith(BACKEND) || BACKEND.startsWith(command);
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
