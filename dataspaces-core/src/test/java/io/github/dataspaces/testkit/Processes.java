package io.github.dataspaces.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The processes of this machine, as the kernel tells them. */
public final class Processes {

  private Processes() {}

  /** Those whose command line names a folder, or that are in it. */
  public static List<Long> workingIn(Path folder) {
    return all().stream()
        .filter(pid -> pid != ProcessHandle.current().pid())
        .filter(
            pid -> commandLine(pid).contains(folder + "/") || currentFolder(pid).startsWith(folder))
        .toList();
  }

  /** The servers (not their children) that work in a folder. */
  public static List<Long> serversIn(Path folder) {
    return workingIn(folder).stream()
        .filter(pid -> commandLine(pid).matches("\\S*bin/postgres -D .*"))
        .toList();
  }

  /** Ends a process at once. */
  public static void kill(long pid) {
    signal("KILL", pid);
  }

  /** Sends a signal. */
  public static void signal(String signal, long pid) {
    Command.run(Map.of(), "kill", "-" + signal, String.valueOf(pid));
  }

  private static List<Long> all() {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .map(Long::valueOf)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path currentFolder(long pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"));
    } catch (IOException gone) {
      return Path.of("/");
    }
  }

  /** A process's arguments, separated by blanks; empty once it has ended. */
  public static String commandLine(long pid) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
      return new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }
}
