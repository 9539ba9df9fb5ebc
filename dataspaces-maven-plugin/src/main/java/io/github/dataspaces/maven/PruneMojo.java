package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.Lifetime;
import java.time.Duration;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Removes dataspaces that have expired, what nobody knows any more, and prepared state that was not
 * used for long.
 */
@Mojo(name = "prune", aggregator = true, requiresProject = false, threadSafe = true)
public final class PruneMojo extends DataspacesMojo {

  /** {@code true} to tell only what would be removed. */
  @Parameter(property = "dataspaces.dryRun")
  private @Nullable String dryRun;

  /** How long prepared state may lie unused: {@code 12h}, {@code 7d}. By default {@code 7d}. */
  @Parameter(property = "dataspaces.olderThan")
  private @Nullable String olderThan;

  @Override
  void run(Dataspaces dataspaces, Request request) {
    boolean dryRun = request.flag("dryRun");
    Duration unused = Lifetime.parse("olderThan", request.text("olderThan").orElse("7d"));
    dataspaces.prune(unused, dryRun);
  }
}
