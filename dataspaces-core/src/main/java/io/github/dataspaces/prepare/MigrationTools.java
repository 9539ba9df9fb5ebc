package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.MigrationTool;
import io.github.dataspaces.config.Migrations;
import io.github.dataspaces.config.ToolLibraries;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The migration tools there are, and which of them a project uses.
 *
 * @param libraries where those are found that are libraries
 * @param environment what tells a program of a database
 */
public record MigrationTools(
    ToolLibraries libraries, Function<RunningDatabase, Map<String, String>> environment) {

  private static final List<String> ENDINGS = List.of("yaml", "yml", "xml", "json", "sql");
  private static final String ALEMBIC = "alembic.ini";

  /**
   * What does it.
   *
   * @throws DataspaceException if the project's tool is asked for and it uses none, or several
   */
  public Migrator migrator(Migrations asked) {
    Migrations migrations = asked.tool() == MigrationTool.AUTO ? found(asked) : asked;
    return switch (migrations.tool()) {
      case FLYWAY -> new FlywayMigrations(withUsualFolder(migrations), libraries);
      case LIQUIBASE -> new LiquibaseMigrations(withUsualChangeLog(migrations), libraries);
      default -> new CommandMigrations(migrations, environment);
    };
  }

  private Migrations found(Migrations asked) {
    if (asked.changeLogFile().isPresent()) {
      return asked.by(MigrationTool.LIQUIBASE);
    }
    if (asked.locations().size() == 1 && isChangeLog(asked.locations().get(0))) {
      return asked.at(List.of()).by(MigrationTool.LIQUIBASE).changeLog(asked.locations().get(0));
    }
    if (!asked.locations().isEmpty()) {
      return asked.by(MigrationTool.FLYWAY);
    }
    Optional<Migrations> alembic = alembic(asked);
    List<Migrations> all =
        Stream.of(flyway(asked), liquibase(asked), alembic).flatMap(Optional::stream).toList();
    List<Migrations> there = all.stream().filter(each -> isThere(each.tool())).toList();
    List<Migrations> candidates = there.isEmpty() ? all : there;
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    throw candidates.isEmpty()
        ? new DataspaceException(
            Reason.NOT_FOUND,
            "There are no migrations in db/migration, db/changelog/db.changelog-master.* or alembic.ini of %s."
                .formatted(asked.folder()),
            "Say where they are with locations or changeLogFile, or run any program with command.")
        : new DataspaceException(
            Reason.INVALID,
            "There are migrations for several tools: %s."
                .formatted(String.join(", ", candidates.stream().map(c -> c.tool() + "").toList())),
            "Say which is meant with tool.");
  }

  private static boolean isChangeLog(String place) {
    return ENDINGS.stream().anyMatch(ending -> place.endsWith("." + ending));
  }

  private boolean isThere(MigrationTool tool) {
    ClassLoader project = libraries.loader(MigrationTool.AUTO);
    return switch (tool) {
      case FLYWAY -> new ToolBridge(project, FlywayMigrations.TOOL_CLASS, "Flyway").isThere();
      case LIQUIBASE ->
          new ToolBridge(project, LiquibaseMigrations.TOOL_CLASS, "Liquibase").isThere();
      default -> true;
    };
  }

  private Optional<Migrations> flyway(Migrations asked) {
    return usualFolder(asked).map(place -> asked.by(MigrationTool.FLYWAY).at(List.of(place)));
  }

  private Optional<Migrations> liquibase(Migrations asked) {
    return usualChangeLog(asked).map(file -> asked.by(MigrationTool.LIQUIBASE).changeLog(file));
  }

  private static Optional<Migrations> alembic(Migrations asked) {
    Path file = asked.folder().resolve(ALEMBIC);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      String scripts =
          lines
              .filter(line -> line.matches("script_location\\s*=.*"))
              .map(line -> line.replaceFirst(".*?=", "").replace("%(here)s/", "").strip())
              .findFirst()
              .orElse("alembic");
      Path folder = asked.folder().resolve(scripts);
      return Optional.of(
          asked
              .by(MigrationTool.COMMAND)
              .at(List.of(file.toString(), folder.toString()))
              .running("alembic upgrade " + asked.target().orElse("head")));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private Migrations withUsualFolder(Migrations asked) {
    return asked.locations().isEmpty()
        ? usualFolder(asked).map(place -> asked.at(List.of(place))).orElse(asked)
        : asked;
  }

  private Migrations withUsualChangeLog(Migrations asked) {
    return asked.changeLogFile().isEmpty()
        ? usualChangeLog(asked).map(asked::changeLog).orElse(asked)
        : asked;
  }

  private Optional<String> usualFolder(Migrations asked) {
    return first(asked.folder(), Stream.of("db/migration"));
  }

  private Optional<String> usualChangeLog(Migrations asked) {
    return first(
        asked.folder(),
        ENDINGS.stream().map(ending -> "db/changelog/db.changelog-master." + ending));
  }

  /** The first that there is: on the class path, among the resources, in the folder. */
  private Optional<String> first(Path folder, Stream<String> names) {
    MigrationFiles files = new MigrationFiles(libraries.loader(MigrationTool.AUTO));
    return names
        .flatMap(
            name ->
                Stream.of(
                    Migrations.CLASSPATH + name,
                    folder.resolve("src/main/resources").resolve(name).toString(),
                    folder.resolve(name).toString()))
        .filter(files::has)
        .findFirst();
  }
}
