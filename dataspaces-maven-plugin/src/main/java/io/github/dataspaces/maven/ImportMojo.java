package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Imports dumps, or what is in a database that runs elsewhere, into a dataspace; an import that
 * fails leaves it as it was.
 */
@Mojo(name = "import", requiresProject = false, threadSafe = true)
public final class ImportMojo extends SelectionMojo {

  /**
   * The dumps, separated by commas: SQL or what {@code pg_dump}, {@code mysqldump} and {@code
   * mariadb-dump} make, also compressed with gzip, zstd or xz; files, folders of them, {@code
   * classpath:} and a resource, or {@code -} for the standard input. Or the JDBC URL of a database
   * of the same engine, which is only read. By default the {@code import} of {@code
   * dataspaces.yaml}.
   */
  @Parameter(property = "dataspaces.file")
  private @Nullable String file;

  /** Who reads the database that {@code file} names. */
  @Parameter(property = "dataspaces.sourceUsername")
  private @Nullable String sourceUsername;

  /**
   * That user's password; better said in the environment variable {@code
   * DATASPACES_SOURCE_PASSWORD}, or by {@code sourceServer}.
   */
  @Parameter(property = "dataspaces.sourcePassword")
  private @Nullable String sourcePassword;

  /** The server in Maven's settings that has that user and password, if they are not said here. */
  @Parameter(property = "dataspaces.sourceServer")
  private @Nullable String sourceServer;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    request.dataspace(dataspaces).importDump(request.imports());
  }
}
