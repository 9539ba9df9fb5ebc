package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Deletes a snapshot. */
@Mojo(name = "delete-snapshot", requiresProject = false, threadSafe = true)
public final class DeleteSnapshotMojo extends NamedMojo {

  /** The snapshot: {@code snapshot} or {@code dataspace/snapshot}. */
  @Parameter(property = "dataspaces.snapshot")
  private @Nullable String snapshot;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    dataspaces.deleteSnapshot(request.snapshot("snapshot", "the snapshot to delete"));
  }
}
