package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Makes a dataspace: a running server that accepts SQL when the goal is done. */
@Mojo(
    name = "create",
    defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
    requiresProject = false,
    threadSafe = true)
public final class CreateMojo extends NamedMojo {

  /**
   * The engine and its version: {@code postgres}, {@code postgres:17}. By default the newest
   * PostgreSQL, or what {@code from} was.
   */
  @Parameter(property = "dataspaces.flavour")
  private @Nullable String flavour;

  /**
   * What runs the server: {@code docker}, {@code embedded} (a native process, no Docker), or {@code
   * auto}, which takes Docker where an engine answers. By default {@code auto}.
   */
  @Parameter(property = "dataspaces.runtime")
  private @Nullable String runtime;

  /** A container image to use instead of the flavour's own; implies {@code docker}. */
  @Parameter(property = "dataspaces.image")
  private @Nullable String image;

  /** The TCP port; {@code 0}, the default, for a free one. */
  @Parameter(property = "dataspaces.port")
  private @Nullable String port;

  /** The database to make. By default {@code dataspace}. */
  @Parameter(property = "dataspaces.database")
  private @Nullable String database;

  /** The user who owns it. By default {@code dataspace}. */
  @Parameter(property = "dataspaces.username")
  private @Nullable String username;

  /** That user's password. By default a random one, which {@code env} tells. */
  @Parameter(property = "dataspaces.password")
  private @Nullable String password;

  /** The snapshot to start from: {@code snapshot} or {@code dataspace/snapshot}. */
  @Parameter(property = "dataspaces.from")
  private @Nullable String from;

  private @Nullable String import_;

  /**
   * Where migrations are that the new database's schema is made by, separated by commas: folders,
   * or {@code classpath:} and a package; or Liquibase's change log. {@code migrations.tool} and
   * others, as {@code migrate} has them, say more.
   */
  @Parameter(property = "dataspaces.migrations")
  private @Nullable String migrations;

  /**
   * SQL scripts to run in the new database after that, separated by commas: files, or {@code
   * classpath:} and a resource.
   */
  @Parameter(property = "dataspaces.seed")
  private @Nullable String seed;

  /**
   * What to do if there is one of that name: {@code fail} (the default), {@code reuse} it, or
   * {@code replace} it.
   */
  @Parameter(property = "dataspaces.ifExists")
  private @Nullable String ifExists;

  /**
   * How long it may live before {@code prune} removes it: {@code 30m}, {@code 12h}, {@code 7d};
   * {@code 0}, the default, for ever.
   */
  @Parameter(property = "dataspaces.ttl")
  private @Nullable String ttl;

  /**
   * {@code true} for a server that survives a crash of the machine, at the price of speed. By
   * default {@code false}.
   */
  @Parameter(property = "dataspaces.durable")
  private @Nullable String durable;

  /**
   * Dumps to import into the new database before anything else, separated by commas: files, folders
   * of them, or {@code classpath:} and a resource; or the JDBC URL of a running database. {@code
   * import.tables} and others, as {@code import} has them, say more.
   */
  @Parameter(property = "dataspaces.import")
  public void setImport(String dumps) {
    import_ = dumps;
  }

  @Override
  void run(Dataspaces dataspaces, Request request) {
    dataspaces.create(request.spec());
  }
}
