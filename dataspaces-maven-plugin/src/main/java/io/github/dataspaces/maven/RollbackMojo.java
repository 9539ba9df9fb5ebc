package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.SnapshotInfo;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.SnapshotReference;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Takes a dataspace back to a snapshot: same port, same credentials. The snapshot can be used
 * again.
 */
@Mojo(name = "rollback", requiresProject = false, threadSafe = true)
public final class RollbackMojo extends NamedMojo {

  /** The snapshot: one of its own, or {@code dataspace/snapshot}. By default its only one. */
  @Parameter(property = "dataspaces.to")
  private @Nullable String to;

  /** The same, as the goals say it that take a snapshot and delete it. */
  @Parameter(property = "dataspaces.snapshot")
  private @Nullable String snapshot;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    Dataspace dataspace = request.dataspace(dataspaces);
    String to =
        request.text("to").or(() -> request.text("snapshot")).orElseGet(() -> only(dataspace));
    dataspace.rollback(SnapshotReference.parse(to, dataspace.name()));
  }

  private static String only(Dataspace dataspace) {
    List<String> names = dataspace.snapshots().stream().map(SnapshotInfo::name).toList();
    if (names.size() == 1) {
      return names.get(0);
    }
    throw names.isEmpty()
        ? new DataspaceException(
            Reason.NOT_FOUND,
            "Dataspace '%s' has no snapshot.".formatted(dataspace.name()),
            "Take one with: mvn dataspaces:snapshot -Ddataspaces.name=%s -Ddataspaces.snapshot=..."
                .formatted(dataspace.name()))
        : new DataspaceException(
            Reason.INVALID,
            "Dataspace '%s' has several snapshots: %s."
                .formatted(dataspace.name(), String.join(", ", names)),
            "Say which with -Ddataspaces.to=%s".formatted(names.get(names.size() - 1)));
  }
}
