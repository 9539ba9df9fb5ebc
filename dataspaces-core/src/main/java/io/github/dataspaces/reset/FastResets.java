package io.github.dataspaces.reset;

import io.github.dataspaces.flavour.LiveReset;
import io.github.dataspaces.reset.mysql.RowLogReset;
import io.github.dataspaces.runtime.RunningDatabase;
import java.util.Optional;

/** The fast resets there are, by what their engines allow. */
public final class FastResets {

  private FastResets() {}

  /** The fast reset for a server; empty if its engine, or its version, has none. */
  public static Optional<FastReset> of(RunningDatabase server) {
    return switch (server.flavour().liveReset()) {
      case TEMPLATES -> TemplateClones.of(server);
      case ROW_LOG -> RowLogReset.of(server);
      case NONE -> Optional.empty();
    };
  }

  /** Removes what resets have made on a server whose files were copied from another's. */
  public static void clean(RunningDatabase server) {
    if (server.flavour().liveReset() == LiveReset.TEMPLATES) {
      OwnDatabases.drop(server);
    }
  }
}
