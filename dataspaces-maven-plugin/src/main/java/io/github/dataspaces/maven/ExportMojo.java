package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Exports a dump of a dataspace, the same bytes as long as nothing changes, by the engine's own
 * program.
 */
@Mojo(name = "export", requiresProject = false, threadSafe = true)
public final class ExportMojo extends NamedMojo {

  /**
   * The file to write, or a folder that is there. By default a file in the project's folder that is
   * called after the dataspace: {@code shop.sql.zst}. SQL is compressed as the file's name says:
   * {@code .zst}, {@code .gz} or {@code .xz}; not at all if it ends with {@code .sql}; with zstd if
   * it says nothing.
   */
  @Parameter(property = "dataspaces.file")
  private @Nullable String file;

  /**
   * {@code plain}, which is SQL, or for PostgreSQL {@code custom}, which {@code pg_restore} reads.
   * By default {@code custom} for a file that ends with {@code .dump}, else {@code plain}.
   */
  @Parameter(property = "dataspaces.format")
  private @Nullable String format;

  /**
   * The tables that are wanted, separated by commas. By default all. For some, the dataspace is
   * stopped for as long as its files are cloned.
   */
  @Parameter(property = "dataspaces.tables")
  private @Nullable String tables;

  /**
   * Whether the tables that those refer to are wanted too; {@code true} by default. {@code false}
   * leaves out the foreign keys that would lead nowhere, and says which.
   */
  @Parameter(property = "dataspaces.withReferenced")
  private @Nullable String withReferenced;

  /** How many rows of which tables are wanted, as for the goal {@code import}. */
  @Parameter(property = "dataspaces.rows")
  private @Nullable String rows;

  /** Which rows of which tables are wanted, as for the goal {@code import}. */
  @Parameter(property = "dataspaces.where")
  private @Nullable String where;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    request.dataspace(dataspaces).exportDump(request.exports());
  }
}
