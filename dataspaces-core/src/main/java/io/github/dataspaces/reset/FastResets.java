package io.github.dataspaces.reset;

import io.github.dataspaces.runtime.RunningDatabase;
import java.util.Optional;

/** The fast resets there are, by the engine they are for. */
public final class FastResets {

  private FastResets() {}

  /** The fast reset for a server; empty if its engine has none. */
  public static Optional<FastReset> of(RunningDatabase server) {
    return switch (server.flavour().name()) {
      case "postgres" -> Optional.of(new TemplateClones(server));
      default -> Optional.empty();
    };
  }

  /** Removes what resets have made on a server whose files were copied from another's. */
  public static void clean(RunningDatabase server) {
    if (server.flavour().name().equals("postgres")) {
      OwnDatabases.drop(server);
    }
  }
}
