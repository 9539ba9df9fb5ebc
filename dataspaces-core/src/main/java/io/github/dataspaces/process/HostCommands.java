package io.github.dataspaces.process;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs programs on this machine, as this process's user. */
public final class HostCommands implements CommandRunner {

  private static final long LONGEST_MINUTES = 60;
  private static final int BUSY_ATTEMPTS = 50;

  @Override
  public CommandResult run(List<String> command) {
    return run(command, Map.of());
  }

  /** As {@link #run(List)}, with more environment variables; a variable set to "" is taken away. */
  public CommandResult run(List<String> command, Map<String, String> environment) {
    Process process = start(command, environment);
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("it did not end within " + LONGEST_MINUTES + " minutes");
      }
      return new CommandResult(process.exitValue(), output);
    } catch (IOException e) {
      throw failed(command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(command, e);
    } finally {
      process.destroy();
    }
  }

  @Override
  public boolean has(String program) {
    return ExternalTool.onPath(program).isPresent();
  }

  @Override
  public boolean sameRights() {
    return true;
  }

  private static Process start(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    for (int attempt = 1; ; attempt++) {
      try {
        return builder.start();
      } catch (IOException e) {
        if (attempt == BUSY_ATTEMPTS || !String.valueOf(e.getMessage()).contains("error=26")) {
          throw failed(command, e);
        }
        // "text file busy": a process forked by another thread still holds the file open that was
        // just unpacked
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private static DataspaceException failed(List<String> command, Exception cause) {
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "The program '%s' could not be run: %s.".formatted(command.get(0), cause.getMessage()),
        "Check that it is installed and may be executed.",
        cause);
  }
}
