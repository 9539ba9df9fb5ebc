package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Migrations;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program that finds the database in its environment, in the project's folder.
 *
 * @param migrations what to run
 * @param environment what tells a program of a database
 */
public record CommandMigrations(
    Migrations migrations, Function<RunningDatabase, Map<String, String>> environment)
    implements Migrator {

  private static final int LAST_LINES = 2000;

  @Override
  public String fingerprint() {
    if (migrations.locations().isEmpty()) {
      throw new DataspaceException(
          Reason.INVALID,
          "The command '%s' may do something else whenever its files change, and nobody has said which these are."
              .formatted(command()),
          "Name them with migrations.locations.");
    }
    return migrations.settings()
        + "\n"
        + new MigrationFiles(ClassLoader.getPlatformClassLoader()).hash(migrations.locations());
  }

  @Override
  public Report migrate(RunningDatabase database) {
    String output = "";
    int exit;
    Process process = start(database);
    try {
      process.getOutputStream().close();
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      exit = process.waitFor();
    } catch (IOException e) {
      throw failed("it could not be talked to", e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("it was interrupted", output, e);
    } finally {
      process.destroy();
    }
    if (exit != 0) {
      throw failed("it ended with " + exit, withoutPassword(output, database), null);
    }
    return new Report("'" + command() + "'", List.of(), false);
  }

  private Process start(RunningDatabase database) {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    List<String> shell = windows ? List.of("cmd", "/c", command()) : List.of("sh", "-c", command());
    ProcessBuilder builder =
        new ProcessBuilder(shell).directory(migrations.folder().toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment.apply(database));
    try {
      return builder.start();
    } catch (IOException e) {
      throw failed("it could not be started", String.valueOf(e.getMessage()), e);
    }
  }

  private String withoutPassword(String output, RunningDatabase database) {
    String password = environment.apply(database).get("DB_PASSWORD");
    return password == null ? output : output.replace(password, "***");
  }

  private String command() {
    return migrations
        .command()
        .orElseThrow(
            () ->
                new DataspaceException(
                    Reason.INVALID,
                    "tool=command was asked for, but no command.",
                    "Say what to run with command, for example: alembic upgrade head"));
  }

  /** What explains a failure is said last. */
  private DataspaceException failed(String how, String output, @Nullable Exception cause) {
    String words = output.strip();
    String end = words.substring(Math.max(0, words.length() - LAST_LINES));
    return new DataspaceException(
        Reason.INVALID,
        "The migration '%s' failed, %s: %s.".formatted(command(), how, ToolWords.inOneLine(end)),
        "Correct it and run this again.",
        cause);
  }
}
