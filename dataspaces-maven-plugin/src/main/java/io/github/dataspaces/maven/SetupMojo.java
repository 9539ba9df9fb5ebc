package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.SetupCheck;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Makes the home, looks at everything that dataspaces can use on this machine, and says how to get
 * what is missing. Repeating it does no harm.
 */
@Mojo(name = "setup", aggregator = true, requiresProject = false, threadSafe = true)
public final class SetupMojo extends DataspacesMojo {

  @Override
  void run(Dataspaces dataspaces, Request request) {
    output().print(dataspaces.setup().stream().map(SetupMojo::line).collect(Collectors.joining()));
  }

  private static String line(SetupCheck check) {
    String remedy = check.remedy().isEmpty() ? "" : "          %s%n".formatted(check.remedy());
    return "%-9s %s: %s%n%s"
        .formatted(check.ok() ? "[ok]" : "[missing]", check.what(), check.detail(), remedy);
  }
}
