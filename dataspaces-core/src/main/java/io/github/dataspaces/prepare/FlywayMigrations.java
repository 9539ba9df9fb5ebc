package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.MigrationTool;
import io.github.dataspaces.config.Migrations;
import io.github.dataspaces.config.ToolLibraries;
import io.github.dataspaces.runtime.RunningDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs Flyway, in the user's version.
 *
 * @param migrations what to run
 * @param libraries where Flyway is
 */
public record FlywayMigrations(Migrations migrations, ToolLibraries libraries) implements Migrator {

  static final String TOOL_CLASS = "org.flywaydb.core.Flyway";

  /** Where Flyway itself looks if nothing is said. */
  static final String USUAL_PLACE = Migrations.CLASSPATH + "db/migration";

  private static final String ARTIFACTS =
      "org.flywaydb:flyway-core and org.flywaydb:flyway-database-postgresql, or flyway-mysql,";

  @Override
  public String fingerprint() {
    ToolBridge flyway = flyway();
    return String.join(
        "\n",
        flyway.jar(ARTIFACTS),
        migrations.settings(),
        new MigrationFiles(flyway.loader()).hash(places()));
  }

  @Override
  public Report migrate(RunningDatabase database) {
    ToolBridge flyway = flyway();
    String tool = flyway.nameAndVersion(ARTIFACTS);
    new MigrationFiles(flyway.loader()).hash(places());
    Map<String, Object> request = new HashMap<>();
    request.put(FlywayRun.LOCATIONS, places().stream().map(FlywayMigrations::location).toList());
    request.put(FlywayRun.PLACEHOLDERS, migrations.placeholders());
    migrations.target().ifPresent(target -> request.put(FlywayRun.TARGET, target));
    try {
      return new Report(tool, flyway.call(FlywayRun.class, database, request), true);
    } catch (IllegalStateException e) {
      throw failed(e);
    }
  }

  private ToolBridge flyway() {
    return new ToolBridge(libraries.loader(MigrationTool.FLYWAY), TOOL_CLASS, "Flyway");
  }

  private List<String> places() {
    return migrations.locations().isEmpty() ? List.of(USUAL_PLACE) : migrations.locations();
  }

  private static String location(String place) {
    return place.startsWith(Migrations.CLASSPATH) ? place : "filesystem:" + place;
  }

  private static DataspaceException failed(IllegalStateException e) {
    String words = ToolWords.inOneLine(String.valueOf(e.getMessage()));
    boolean moduleMissing =
        words.contains("Unsupported Database") || words.contains("No database found to handle");
    return new DataspaceException(
        Reason.INVALID,
        "Flyway failed: %s.".formatted(words),
        moduleMissing
            ? "Add org.flywaydb:flyway-database-postgresql, or flyway-mysql, to the project's dependencies."
            : "Correct it and run this again.",
        e);
  }
}
