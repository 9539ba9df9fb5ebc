package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.MigrationTool;
import io.github.dataspaces.config.Migrations;
import io.github.dataspaces.config.ToolLibraries;
import io.github.dataspaces.runtime.RunningDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs Liquibase, in the user's version.
 *
 * @param migrations what to run
 * @param libraries where Liquibase is
 */
public record LiquibaseMigrations(Migrations migrations, ToolLibraries libraries)
    implements Migrator {

  static final String TOOL_CLASS = "liquibase.Liquibase";

  private static final String ARTIFACTS = "org.liquibase:liquibase-core";

  /** Liquibase knows change sets by the names of their files, seen from one of these. */
  private static final List<Path> RESOURCE_ROOTS =
      List.of(Path.of("src", "main", "resources"), Path.of("src", "test", "resources"));

  @Override
  public String fingerprint() {
    ToolBridge liquibase = liquibase();
    return String.join(
        "\n",
        liquibase.jar(ARTIFACTS),
        migrations.settings(),
        request().get(LiquibaseRun.FILE).toString(),
        new MigrationFiles(liquibase.loader()).hash(places(liquibase.loader())));
  }

  @Override
  public Report migrate(RunningDatabase database) {
    ToolBridge liquibase = liquibase();
    String tool = liquibase.nameAndVersion(ARTIFACTS);
    new MigrationFiles(liquibase.loader()).hash(List.of(changeLog()));
    // Liquibase keeps what it works on in fields that all threads share
    synchronized (LiquibaseRun.class) {
      return new Report(tool, update(liquibase, database), true);
    }
  }

  private List<String> update(ToolBridge liquibase, RunningDatabase database) {
    try {
      return liquibase.call(LiquibaseRun.class, database, request());
    } catch (IllegalStateException e) {
      throw new DataspaceException(
          Reason.INVALID,
          "Liquibase failed: %s.".formatted(ToolWords.inOneLine(String.valueOf(e.getMessage()))),
          "Correct it and run this again.",
          e);
    }
  }

  private ToolBridge liquibase() {
    return new ToolBridge(libraries.loader(MigrationTool.LIQUIBASE), TOOL_CLASS, "Liquibase");
  }

  private String changeLog() {
    return migrations
        .changeLogFile()
        .orElseThrow(
            () ->
                new DataspaceException(
                    Reason.INVALID,
                    "No change log was named, and there is no db/changelog/db.changelog-master.yaml, .xml, .json or .sql.",
                    "Say where it is with changeLogFile."));
  }

  /**
   * All that can decide what is done: the change log, what is in its folder, unless that is the
   * whole project, what it names elsewhere, and what the user names.
   */
  private List<String> places(ClassLoader loader) {
    String file = changeLog();
    boolean resource = file.startsWith(Migrations.CLASSPATH);
    String folder = file.replace('\\', '/').replaceFirst("/[^/]*$", "");
    String root = resource ? Migrations.CLASSPATH : root(Path.of(file)).toString();
    List<String> places = new ArrayList<>();
    places.add(file);
    if (resource ? file.contains("/") : !Path.of(folder).equals(migrations.folder())) {
      places.add(folder);
    }
    places.addAll(new ChangeLogFiles(loader, root).namedBy(file));
    places.addAll(migrations.locations());
    return places;
  }

  private Map<String, Object> request() {
    Map<String, Object> request = new HashMap<>();
    String file = changeLog();
    if (file.startsWith(Migrations.CLASSPATH)) {
      request.put(LiquibaseRun.FILE, file.substring(Migrations.CLASSPATH.length()));
    } else {
      Path root = root(Path.of(file));
      request.put(LiquibaseRun.ROOT, root.toString());
      request.put(LiquibaseRun.FILE, root.relativize(Path.of(file)).toString().replace('\\', '/'));
    }
    migrations.contexts().ifPresent(text -> request.put(LiquibaseRun.CONTEXTS, text));
    migrations.labels().ifPresent(text -> request.put(LiquibaseRun.LABELS, text));
    migrations.target().ifPresent(text -> request.put(LiquibaseRun.TARGET, text));
    request.put(LiquibaseRun.PARAMETERS, migrations.placeholders());
    return request;
  }

  private Path root(Path file) {
    for (Path at = file.getParent(); at != null; at = at.getParent()) {
      if (RESOURCE_ROOTS.stream().anyMatch(at::endsWith)) {
        return at;
      }
    }
    return file.startsWith(migrations.folder()) ? migrations.folder() : file.getParent();
  }
}
