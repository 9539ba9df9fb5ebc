package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Imports dumps into a dataspace; one that fails leaves it as it was. */
@Mojo(name = "import", requiresProject = false, threadSafe = true)
public final class ImportMojo extends NamedMojo {

  /**
   * The dumps, separated by commas: SQL or what {@code pg_dump}, {@code mysqldump} and {@code
   * mariadb-dump} make, also compressed with gzip, zstd or xz; files, folders of them, {@code
   * classpath:} and a resource, or {@code -} for the standard input. By default the {@code import}
   * of {@code dataspaces.yaml}.
   */
  @Parameter(property = "dataspaces.file")
  private @Nullable String file;

  /** The tables whose rows are wanted, separated by commas. By default all. */
  @Parameter(property = "dataspaces.tables")
  private @Nullable String tables;

  /**
   * Whether the rows of the tables that those refer to are wanted too; {@code true} by default.
   * {@code false} drops the foreign keys that would lead nowhere, and says which.
   */
  @Parameter(property = "dataspaces.withReferenced")
  private @Nullable String withReferenced;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    request.dataspace(dataspaces).importDump(request.imports());
  }
}
