package io.github.dataspaces.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Programs of this machine. */
public final class Command {

  private Command() {}

  /** How a program ended. */
  public record Result(int exit, String output) {}

  /** Runs a program that has to succeed; its output, both streams in one. */
  public static String output(String... command) {
    Result result = run(Map.of(), command);
    assertThat(result.exit())
        .as("%s said:%n%s", String.join(" ", command), result.output())
        .isZero();
    return result.output();
  }

  /** Runs a program, with more environment variables. */
  public static Result run(Map<String, String> environment, String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      return new Result(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether there is such a program. */
  public static boolean exists(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Whether these tests run as root. */
  public static boolean isRoot() {
    return output("id", "-u").strip().equals("0");
  }
}
