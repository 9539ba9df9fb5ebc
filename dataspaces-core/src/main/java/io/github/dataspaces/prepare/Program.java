package io.github.dataspaces.prepare;

import io.github.dataspaces.process.CommandResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs programs of the engine that a database is of. */
@FunctionalInterface
public interface Program {

  /**
   * Runs one to its end.
   *
   * @param output the file that its output goes to
   * @return how it ended, and what it said beside its output
   */
  CommandResult run(List<String> command, Map<String, String> environment, Path output);
}
