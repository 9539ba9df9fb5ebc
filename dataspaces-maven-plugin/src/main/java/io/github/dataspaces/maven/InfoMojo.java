package io.github.dataspaces.maven;

import io.github.dataspaces.DataspaceInfo;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.Wording;
import java.time.Duration;
import java.time.Instant;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Shows what is known of a dataspace. */
@Mojo(name = "info", requiresProject = false, threadSafe = true)
public final class InfoMojo extends NamedMojo {

  /** {@code text} (the default) or {@code json}. */
  @Parameter(property = "dataspaces.outputFormat")
  private @Nullable String outputFormat;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    DataspaceInfo info = request.dataspace(dataspaces).info();
    output().print(OutputFormat.of(request).render(info, () -> text(info)));
  }

  private static String text(DataspaceInfo info) {
    Instant now = Instant.now();
    return line("name", info.name())
        + line("state", info.state())
        + line("flavour", info.flavour() + " " + info.version())
        + line("runtime", info.runtime() + " (" + info.source() + ")")
        + line("url", info.url())
        + line("host", info.host())
        + line("port", String.valueOf(info.port()))
        + line("database", info.database())
        + line("username", info.username())
        + line("size", Wording.size(info.size()))
        + line(
            "created",
            "%s (%s ago)"
                .formatted(info.created(), Units.duration(Duration.between(info.created(), now))))
        + line("expires", Units.expiry(info.expires(), now))
        + line("from", info.from().orElse("-"))
        + line("durable", info.durable() ? "yes" : "no")
        + line("settings", info.settings().isEmpty() ? "-" : String.join(" ", info.settings()))
        + line("data", info.dataDirectory())
        + line("cloned by", info.cloner())
        + line("snapshots", info.snapshots().isEmpty() ? "-" : String.join(", ", info.snapshots()));
  }

  private static String line(String what, String value) {
    return "%-10s %s%n".formatted(what, value);
  }
}
