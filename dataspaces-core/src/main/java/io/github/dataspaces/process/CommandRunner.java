package io.github.dataspaces.process;

import java.util.List;

/** Runs programs where, and as whom, the files they work on can be reached. */
public interface CommandRunner {

  /** Runs a program to its end. Paths are those of this machine. */
  CommandResult run(List<String> command);

  /** Whether there is such a program. */
  boolean has(String program);

  /** Whether this process itself has every right that the programs have. */
  boolean sameRights();
}
