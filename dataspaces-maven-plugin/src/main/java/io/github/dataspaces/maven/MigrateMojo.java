package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.Migrations;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema of a dataspace up to date: with Flyway or Liquibase, in the project's version
 * and on its class path where it has them, or with any command.
 */
@Mojo(
    name = "migrate",
    defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
    requiresProject = false,
    threadSafe = true)
public final class MigrateMojo extends NamedMojo {

  /**
   * {@code flyway}, {@code liquibase}, {@code command}, or {@code auto}, the default: whichever the
   * project uses.
   */
  @Parameter(property = "dataspaces.tool")
  private @Nullable String tool;

  /**
   * Where the migrations are, separated by commas: folders, or {@code classpath:} and a package. By
   * default {@code db/migration}, on the class path or in the project.
   */
  @Parameter(property = "dataspaces.locations")
  private @Nullable String locations;

  /**
   * Liquibase's change log: a file, or {@code classpath:} and a resource. By default {@code
   * db/changelog/db.changelog-master.yaml}, {@code .xml}, {@code .json} or {@code .sql}.
   */
  @Parameter(property = "dataspaces.changeLogFile")
  private @Nullable String changeLogFile;

  /**
   * What a shell runs in the project's folder, with the connection in its environment as {@code
   * env} prints it. By default {@code alembic upgrade head} where there is an {@code alembic.ini}.
   */
  @Parameter(property = "dataspaces.command")
  private @Nullable String command;

  /** Liquibase's context expression. */
  @Parameter(property = "dataspaces.contexts")
  private @Nullable String contexts;

  /** Liquibase's label expression. */
  @Parameter(property = "dataspaces.labels")
  private @Nullable String labels;

  /** {@code name=value}, separated by commas: Flyway's placeholders, Liquibase's parameters. */
  @Parameter(property = "dataspaces.placeholders")
  private @Nullable String placeholders;

  /** The version, or Liquibase's tag, to stop at. */
  @Parameter(property = "dataspaces.target")
  private @Nullable String target;

  /** The name of a snapshot to take before anything is done. */
  @Parameter(property = "dataspaces.snapshotBefore")
  private @Nullable String snapshotBefore;

  /** {@code true} to replace a snapshot of that name. */
  @Parameter(property = "dataspaces.update")
  private @Nullable String update;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    Dataspace dataspace = request.dataspace(dataspaces);
    Migrations migrations = request.migrations();
    request
        .text("snapshotBefore")
        .ifPresent(snapshot -> dataspace.snapshot(snapshot, request.flag("update")));
    dataspace.migrate(migrations);
  }
}
