package io.github.dataspaces.maven;

import io.github.dataspaces.DataspaceInfo;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Shows all dataspaces of the home, whatever state they are in. */
@Mojo(name = "list", aggregator = true, requiresProject = false, threadSafe = true)
public final class ListMojo extends DataspacesMojo {

  /** {@code true} for those only that run or are paused. */
  @Parameter(property = "dataspaces.activeOnly")
  private @Nullable String activeOnly;

  /** {@code text} (the default) or {@code json}. */
  @Parameter(property = "dataspaces.outputFormat")
  private @Nullable String outputFormat;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    boolean activeOnly = request.flag("activeOnly");
    List<DataspaceInfo> infos =
        dataspaces.list().stream().filter(info -> !activeOnly || isActive(info)).toList();
    output().print(OutputFormat.of(request).render(infos, () -> text(dataspaces, infos)));
  }

  private static boolean isActive(DataspaceInfo info) {
    return !List.of("stopped", "unreadable").contains(info.state());
  }

  private static String text(Dataspaces dataspaces, List<DataspaceInfo> infos) {
    if (infos.isEmpty()) {
      return "There are no dataspaces in %s.%n".formatted(dataspaces.home());
    }
    TextTable table =
        new TextTable(
            "NAME",
            "STATE",
            "FLAVOUR",
            "RUNTIME",
            "PORT",
            "SIZE",
            "AGE",
            "EXPIRES",
            "FROM",
            "SNAPSHOTS",
            "URL");
    infos.forEach(info -> table.row(cells(info)));
    return table.render();
  }

  private static String[] cells(DataspaceInfo info) {
    Instant now = Instant.now();
    if (info.port() == 0) {
      return new String[] {info.name(), info.state(), "", "", "", "", "", "", "", "", ""};
    }
    return new String[] {
      info.name(),
      info.state(),
      info.flavour() + " " + info.version(),
      info.runtime(),
      String.valueOf(info.port()),
      Wording.size(info.size()),
      Units.duration(Duration.between(info.created(), now)),
      Units.expiry(info.expires(), now),
      info.from().orElse(""),
      String.join(",", info.snapshots()),
      info.url()
    };
  }
}
