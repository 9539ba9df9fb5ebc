package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Copies a snapshot, also to another dataspace, which need not be there. */
@Mojo(name = "copy-snapshot", requiresProject = false, threadSafe = true)
public final class CopySnapshotMojo extends NamedMojo {

  /** The snapshot to copy: {@code snapshot} or {@code dataspace/snapshot}. */
  @Parameter(property = "dataspaces.snapshot")
  private @Nullable String snapshot;

  /** The copy's name: {@code snapshot} or {@code dataspace/snapshot}. */
  @Parameter(property = "dataspaces.to")
  private @Nullable String to;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    dataspaces.copySnapshot(
        request.snapshot("snapshot", "the snapshot to copy"),
        request.snapshot("to", "the copy's name"));
  }
}
