package io.github.dataspaces.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process that is not a child of this one is doing. */
public enum ProcessState {
  /** It runs, or could. */
  ALIVE,
  /** It has been frozen by a signal. */
  FROZEN,
  /**
   * There is none, or only an entry that its parent has not collected: in containers the first
   * process often never does.
   */
  GONE;

  /** Looks at a process of this machine. */
  public static ProcessState of(long pid) {
    if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
      return GONE;
    }
    if (!Platform.current().posix()) {
      return ALIVE;
    }
    return switch (letter(pid)) {
      case "T" -> FROZEN;
      case "Z" -> hasThreads(pid) ? ALIVE : GONE;
      case "X", "" -> GONE;
      default -> ALIVE;
    };
  }

  /** The state as ps tells it; empty if the process has gone. */
  private static String letter(long pid) {
    try {
      // the state follows the program's name, which is in parentheses and may hold any character
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      return first(stat.substring(stat.lastIndexOf(')') + 1).strip());
    } catch (IOException notLinux) {
      List<String> command = List.of("ps", "-o", "state=", "-p", String.valueOf(pid));
      return Files.isDirectory(Path.of("/proc/self"))
          ? ""
          : first(new HostCommands().run(command).output().strip());
    }
  }

  /** Of a process that is killed, the first thread may end before others, which hold its port. */
  private static boolean hasThreads(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return threads.count() > 1;
    } catch (IOException | UncheckedIOException e) {
      return false; // gone meanwhile, or not Linux
    }
  }

  private static String first(String text) {
    return text.isEmpty() ? "" : text.substring(0, 1);
  }
}
