package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.SnapshotInfo;
import io.github.dataspaces.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Shows the snapshots of all dataspaces, or of the one that is named. */
@Mojo(name = "snapshots", aggregator = true, requiresProject = false, threadSafe = true)
public final class SnapshotsMojo extends DataspacesMojo {

  /** The dataspace, which may have been destroyed. By default all of them. */
  @Parameter(property = "dataspaces.name")
  private @Nullable String name;

  /** {@code text} (the default) or {@code json}. */
  @Parameter(property = "dataspaces.outputFormat")
  private @Nullable String outputFormat;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    List<String> names =
        request.text("name").map(List::of).orElseGet(dataspaces::dataspacesWithSnapshots);
    List<SnapshotInfo> infos =
        names.stream().flatMap(name -> dataspaces.snapshots(name).stream()).toList();
    output()
        .print(OutputFormat.of(request).render(infos, () -> text(infos, String.join(", ", names))));
  }

  private static String text(List<SnapshotInfo> infos, String of) {
    if (infos.isEmpty()) {
      return of.isEmpty()
          ? "There are no snapshots.\n"
          : "There are no snapshots of '%s'.%n".formatted(of);
    }
    TextTable table =
        new TextTable("SNAPSHOT", "FLAVOUR", "RUNTIME", "SIZE", "TAKEN", "BY", "AGE", "PARENT");
    infos.forEach(info -> table.row(cells(info)));
    return table.render();
  }

  private static String[] cells(SnapshotInfo info) {
    String name = info.dataspace() + "/" + info.name();
    if (!info.readable()) {
      return new String[] {name, "unreadable", "", "", "", "", "", ""};
    }
    return new String[] {
      name,
      info.flavour() + " " + info.version(),
      info.runtime(),
      Wording.size(info.size()),
      Wording.size(info.taken()),
      info.cloner(),
      Units.duration(Duration.between(info.created(), Instant.now())),
      info.parent().orElse("")
    };
  }
}
