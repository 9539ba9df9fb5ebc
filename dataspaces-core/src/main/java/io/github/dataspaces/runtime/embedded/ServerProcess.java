package io.github.dataspaces.runtime.embedded;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.process.HostCommands;
import io.github.dataspaces.process.Platform;
import io.github.dataspaces.process.ProcessState;
import io.github.dataspaces.runtime.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The processes of a native server: one that was launched, and its children. */
final class ServerProcess {

  private static final Duration LONGEST_STOP = Duration.ofMinutes(5);

  /** What this tool runs on data directories beside the servers' own programs. */
  private static final Set<String> TOOLS =
      Set.of("cp", "rsync", "btrfs", "rm", "chown", "dash", "bash");

  private final HostCommands commands;
  private final Path runtimes;

  /** Processes of servers whose programs are in the folder {@code runtimes}. */
  ServerProcess(HostCommands commands, Path runtimes) {
    this.commands = commands;
    this.runtimes = runtimes;
  }

  /** Waits until the process is gone. Its own children end before it does. */
  void awaitEnd(String name, long pid) {
    long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
    long pause = 1;
    while (ProcessState.of(pid) != ProcessState.GONE) {
      if (System.nanoTime() > deadline) {
        throw new DataspaceException(
            Reason.INFRASTRUCTURE,
            "The server of '%s' (process %d) has not stopped for %d minutes."
                .formatted(name, pid, LONGEST_STOP.toMinutes()),
            "Look at its log, or end the process.");
      }
      Readiness.sleep(pause);
      pause = Math.min(20, pause + 1);
    }
  }

  boolean isFrozen(long pid) {
    return ProcessState.of(pid) == ProcessState.FROZEN;
  }

  /**
   * Freezes the parent first, so that no child is born unfrozen. Signals take a moment to be heard:
   * this waits until all are.
   */
  void freeze(long pid) {
    signal("STOP", List.of(pid));
    awaitFrozen(pid);
    List<Long> children = descendants(pid);
    signal("STOP", children);
    children.forEach(ServerProcess::awaitFrozen);
  }

  private static void awaitFrozen(long pid) {
    long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
    while (ProcessState.of(pid) == ProcessState.ALIVE && System.nanoTime() < deadline) {
      Readiness.sleep(1);
    }
  }

  /** Thaws the parent last: while it is frozen, its children may be. */
  void thaw(long pid) {
    if (isFrozen(pid)) {
      List<Long> all = new ArrayList<>(descendants(pid));
      all.add(pid);
      signal("CONT", all);
    }
  }

  /** Ends every process of a server, or of a copy, in a folder that is about to be removed. */
  void endWorkingOn(Path folder, Path files) {
    endWorkingIn(files);
    List<ProcessHandle> processes =
        ProcessHandle.allProcesses()
            .filter(process -> names(process, folder.toString()))
            .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process)))
            .toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> awaitEnd(folder.toString(), process.pid()));
  }

  /**
   * Ends every process whose current folder that is, as it is of each process of a server. Only
   * Linux tells.
   */
  void endWorkingIn(Path folder) {
    List<ProcessHandle> processes =
        ProcessHandle.allProcesses().filter(process -> worksIn(process.pid(), folder)).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> awaitEnd(folder.toString(), process.pid()));
  }

  private static boolean worksIn(long pid, Path folder) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).equals(folder);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean names(ProcessHandle process, String folder) {
    ProcessHandle.Info info = process.info();
    return info.command().map(Path::of).filter(this::isOurs).isPresent()
        && Stream.of(info.arguments().orElse(new String[0]))
            .anyMatch(argument -> argument.endsWith(folder) || argument.contains(folder + "/"));
  }

  /** Whether this tool runs that program on data directories, and may therefore end it. */
  private boolean isOurs(Path program) {
    // the program of a process that is just ending is told as "/", which has no name
    Path name = program.getFileName();
    return (name != null && TOOLS.contains(name.toString())) || program.startsWith(real(runtimes));
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder; // not there: nothing runs from it
    }
  }

  private static List<Long> descendants(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid)
        .toList();
  }

  private void signal(String signal, List<Long> pids) {
    if (!Platform.current().posix()) {
      throw new DataspaceException(
          Reason.INVALID,
          "Native servers cannot be paused on Windows.",
          "Stop it instead, or use runtime=docker.");
    }
    if (!pids.isEmpty()) {
      List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
      pids.forEach(pid -> command.add(String.valueOf(pid)));
      // a session that ended meanwhile is not a failure
      commands.run(command);
    }
  }
}
