package io.github.dataspaces.flavour;

import io.github.dataspaces.process.ProcessState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A process whose id a server has noted in a file. */
final class NotedProcess {

  /** How far clocks may be apart by which starts and notes are told. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private NotedProcess() {}

  /**
   * Whether that process is alive and the one that was noted: after a crash the note stays, and the
   * id may be another process's by now.
   *
   * @param noted when it was noted, or later
   * @param programs what the process's program may be called
   */
  static boolean isAlive(long pid, Instant noted, Set<String> programs) {
    if (ProcessState.of(pid) == ProcessState.GONE) {
      return false;
    }
    Optional<ProcessHandle.Info> process = ProcessHandle.of(pid).map(ProcessHandle::info);
    // whose program another user's process runs is not always told
    boolean another =
        process
            .flatMap(ProcessHandle.Info::command)
            .map(command -> String.valueOf(Path.of(command).getFileName()))
            .filter(program -> !programs.contains(program.replaceFirst("\\.exe$", "")))
            .isPresent();
    return !another
        && process
            .flatMap(ProcessHandle.Info::startInstant)
            .filter(started -> !started.isAfter(noted.plus(TOLERANCE)))
            .isPresent();
  }
}
