package io.github.dataspaces.runtime;

import io.github.dataspaces.process.CommandResult;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Where an engine's own programs are, and are run. */
@FunctionalInterface
public interface ProgramPlace {

  /**
   * Runs a program to its end.
   *
   * @param environment variables it is given
   * @param out takes what it writes, as it comes
   * @return its exit code, and what it says to its standard error
   * @throws IOException if {@code out} takes no more; the program is ended, or left to write for
   *     nobody
   */
  CommandResult run(List<String> command, Map<String, String> environment, OutputStream out)
      throws IOException;
}
