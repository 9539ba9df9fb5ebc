package io.github.dataspaces.process;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A program for a person at a terminal.
 *
 * @param command the program and its arguments
 * @param environment variables to add; may hold a password, so it is never printed
 */
public record Interactive(List<String> command, Map<String, String> environment) {

  /**
   * Runs it with this process's own streams.
   *
   * @return its exit code
   */
  public int run() {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment);
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "'%s' could not be started: %s.".formatted(command.get(0), e.getMessage()),
          "",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataspaceException(Reason.WRONG_STATE, "Interrupted.", "", e);
    }
  }

  @Override
  public String toString() {
    return String.join(" ", command);
  }
}
