package io.github.dataspaces.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The user nobody, for tests that run as root: what root may do proves little. */
public final class OrdinaryUser {

  private static final String NOBODY = "65534";

  private static @Nullable Path readable;

  private OrdinaryUser() {}

  /** Skips the test unless it runs as root, who alone can become another user. */
  public static void require() {
    DockerEngine.requireThat(
        Command.isRoot() && Command.exists("setpriv"),
        "not root, or no setpriv: nobody else can be tried");
  }

  /** A JVM of that user, who may use the engine if asked; its home is made in that folder. */
  public static OtherJvm in(Path folder, boolean engine) {
    require();
    Command.output("chown", NOBODY + ":" + NOBODY, folder.toString());
    String groups = engine ? "--groups=" + groupOf("/var/run/docker.sock") : "--clear-groups";
    Path files = readable();
    return OtherJvm.with(folder.resolve("home"))
        .as(
            List.of(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                groups,
                "--inh-caps=-all",
                "--no-new-privs"),
            classPath(files),
            files.resolve("binaries"))
        .environment("HOME", folder.toString())
        .start();
  }

  private static String groupOf(String file) {
    return Command.output("stat", "-c", "%g", file).strip();
  }

  /** The class path is often in a folder that only root may enter. */
  private static synchronized Path readable() {
    Path known = readable;
    if (known != null) {
      return known;
    }
    try {
      Path folder = Files.createTempDirectory("dataspaces-class-path-");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> Command.run(Map.of(), "rm", "-rf", folder.toString())));
      for (String element : elements()) {
        Path copy = folder.resolve(nameOf(element));
        Command.output("cp", "-r", element, copy.toString());
      }
      Command.output("cp", "-r", LocalBinaries.folder().toString(), folder + "/binaries");
      Command.output("chmod", "-R", "a+rX", folder.toString());
      readable = folder;
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> elements() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(classPath.split(File.pathSeparator))
        .filter(element -> Files.exists(Path.of(element)))
        .toList();
  }

  private static String classPath(Path folder) {
    return elements().stream()
        .map(element -> folder.resolve(nameOf(element)).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String nameOf(String element) {
    Path path = Path.of(element);
    return path.getParent().getFileName() + "-" + path.getFileName();
  }
}
