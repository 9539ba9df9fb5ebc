package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals have in common that lend the terminal to a program. */
abstract class InteractiveMojo extends NamedMojo {

  /** What to run instead of a dialogue. */
  @Parameter(property = "dataspaces.command")
  private @Nullable String command;

  private final String program;

  /**
   * @param program what is opened, for messages
   */
  InteractiveMojo(String program) {
    this.program = program;
  }

  /** Runs the program; returns its exit code. */
  abstract int program(Dataspace dataspace, Optional<String> command);

  /** Whether the exit code tells of trouble. */
  boolean isTrouble(int code, boolean dialogue) {
    return code != 0;
  }

  @Override
  final void run(Dataspaces dataspaces, Request request) {
    Optional<String> given = request.text("command");
    boolean dialogue = given.isEmpty() && Terminal.isPresent();
    if (dialogue && !isInteractive()) {
      throw new DataspaceException(
          Reason.INVALID,
          "In batch mode the %s opens no dialogue.".formatted(program),
          "Say what to run with -Ddataspaces.command=..., or leave out -B.");
    }
    int code = open(request.dataspace(dataspaces), given);
    if (isTrouble(code, dialogue)) {
      throw new DataspaceException(
          Reason.INVALID, "The %s ended with exit code %d.".formatted(program, code), "");
    }
  }

  private int open(Dataspace dataspace, Optional<String> given) {
    try (InterruptGuard guard = InterruptGuard.set()) {
      return program(dataspace, given);
    }
  }
}
