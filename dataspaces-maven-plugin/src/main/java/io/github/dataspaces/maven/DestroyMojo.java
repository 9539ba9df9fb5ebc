package io.github.dataspaces.maven;

import io.github.dataspaces.DataspaceInfo;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.SnapshotReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Removes a dataspace: its server and its data. One whose record is damaged can be removed, too.
 */
@Mojo(name = "destroy", requiresProject = false, threadSafe = true)
public final class DestroyMojo extends NamedMojo {

  /** {@code true} to remove all dataspaces of the home. */
  @Parameter(property = "dataspaces.all")
  private @Nullable String all;

  /**
   * {@code true} to remove its snapshots too. By default they stay, and a new dataspace can be made
   * from them.
   */
  @Parameter(property = "dataspaces.snapshots")
  private @Nullable String snapshots;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    if (request.flag("all")) {
      destroyAll(dataspaces, request.flag("snapshots"));
    } else {
      request.dataspace(dataspaces).destroy(request.flag("snapshots"));
    }
  }

  @Override
  boolean isOncePerReactor(Request request) {
    return super.isOncePerReactor(request) || request.flag("all");
  }

  /** One that cannot be removed does not keep the others. */
  private void destroyAll(Dataspaces dataspaces, boolean snapshots) {
    List<DataspaceException> failures = new ArrayList<>();
    List<DataspaceInfo> all = dataspaces.list();
    for (DataspaceInfo info : all) {
      try {
        dataspaces.get(info.name()).destroy(snapshots);
      } catch (DataspaceException e) {
        failures.add(e);
      }
    }
    if (snapshots) {
      deleteSnapshotsOfTheGone(dataspaces);
    }
    if (all.isEmpty()) {
      getLog().info("There are no dataspaces in %s.".formatted(dataspaces.home()));
    }
    if (!failures.isEmpty()) {
      failures.stream().skip(1).forEach(failures.get(0)::addSuppressed);
      throw failures.get(0);
    }
  }

  private static void deleteSnapshotsOfTheGone(Dataspaces dataspaces) {
    for (String name : dataspaces.dataspacesWithSnapshots()) {
      if (dataspaces.find(name).isEmpty()) {
        dataspaces
            .snapshots(name)
            .forEach(
                snapshot ->
                    dataspaces.deleteSnapshot(new SnapshotReference(name, snapshot.name())));
      }
    }
  }
}
