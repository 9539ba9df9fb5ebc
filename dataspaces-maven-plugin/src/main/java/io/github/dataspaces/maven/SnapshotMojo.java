package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Takes a snapshot of a dataspace, which goes on afterwards as it was. */
@Mojo(name = "snapshot", requiresProject = false, threadSafe = true)
public final class SnapshotMojo extends NamedMojo {

  /** The snapshot's name. */
  @Parameter(property = "dataspaces.snapshot")
  private @Nullable String snapshot;

  /**
   * {@code true} to replace a snapshot of that name; where files are copied, only those that
   * changed.
   */
  @Parameter(property = "dataspaces.update")
  private @Nullable String update;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    request
        .dataspace(dataspaces)
        .snapshot(request.required("snapshot", "the new snapshot's name"), request.flag("update"));
  }
}
