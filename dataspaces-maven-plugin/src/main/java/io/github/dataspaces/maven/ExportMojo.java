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
public final class ExportMojo extends SelectionMojo {

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

  @Override
  void run(Dataspaces dataspaces, Request request) {
    request.dataspace(dataspaces).exportDump(request.exports());
  }
}
