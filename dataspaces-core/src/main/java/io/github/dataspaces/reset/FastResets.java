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
}
