package io.github.dataspaces.process;

import io.github.dataspaces.config.DataspaceException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a small Java process with this one's libraries, which outlasts it. */
public final class BackgroundJava {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundJava.class);
  private static final String LOGGING = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

  private BackgroundJava() {}

  /**
   * Starts a class with a {@code main} method. A failure is logged: nobody waits for it.
   *
   * @param folder where it works
   * @param log where its output goes
   */
  public static void start(Class<?> main, Path folder, Path log, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath(main), main.getName()));
    command.addAll(List.of(arguments));
    try {
      new HostCommands().launch(command, Map.of(), folder, log);
    } catch (DataspaceException e) {
      LOG.warn("{} could not be started: {}", main.getSimpleName(), e.getMessage());
    }
  }

  /** Without the project's own classes and its logging, whose configuration is not for this. */
  private static String classPath(Class<?> main) {
    Path own =
        Path.of(URI.create(main.getProtectionDomain().getCodeSource().getLocation().toString()));
    // a fork of Surefire's has a jar that names the others, and that goes with it
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Stream<Path> libraries =
        Arrays.stream(all.split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .map(entry -> Path.of(entry).toAbsolutePath())
            .filter(Files::isRegularFile)
            .filter(jar -> !jar.equals(own) && !logs(jar));
    return Stream.concat(Stream.of(own), libraries)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean logs(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getEntry(LOGGING) != null;
    } catch (IOException e) {
      return false;
    }
  }
}
