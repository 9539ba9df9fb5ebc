package io.github.dataspaces.process;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

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
    return toItsEnd(command, start(command, environment, builder -> {}));
  }

  /** As {@link #run(List, Map)}, with a file as the program's standard input. */
  public CommandResult run(List<String> command, Map<String, String> environment, Path input) {
    return toItsEnd(
        command, start(command, environment, builder -> builder.redirectInput(input.toFile())));
  }

  /**
   * Runs a program to its end, and hands on what it writes to its standard output as it comes.
   *
   * @return its exit code, and what it wrote to its standard error
   * @throws IOException if {@code out} takes no more; the program is ended then
   */
  public CommandResult run(List<String> command, Map<String, String> environment, OutputStream out)
      throws IOException {
    Process process = start(command, environment, builder -> builder.redirectErrorStream(false));
    FutureTask<String> errors =
        new FutureTask<>(
            () -> new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    new Thread(errors, command.get(0) + "'s errors").start();
    try {
      process.getOutputStream().close();
      process.getInputStream().transferTo(out);
      return new CommandResult(process.waitFor(), errors.get());
    } catch (ExecutionException e) {
      throw failed(command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(command, e);
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * Starts a program that outlasts this process.
   *
   * @param folder where it works
   * @param log where its output goes
   */
  public void launch(List<String> command, Map<String, String> environment, Path folder, Path log) {
    List<String> line = new ArrayList<>();
    // a group of its own, so that Ctrl-C in the terminal does not end it
    ExternalTool.onPath("setsid").ifPresent(setsid -> line.add(setsid.toString()));
    line.addAll(command);
    start(
        line,
        environment,
        builder ->
            builder
                .directory(folder.toFile())
                .redirectInput(new File(Platform.current().posix() ? "/dev/null" : "NUL"))
                .redirectOutput(log.toFile()));
  }

  private static CommandResult toItsEnd(List<String> command, Process process) {
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

  private static Process start(
      List<String> command, Map<String, String> environment, Consumer<ProcessBuilder> streams) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    streams.accept(builder);
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
