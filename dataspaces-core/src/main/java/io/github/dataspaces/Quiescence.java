package io.github.dataspaces;

import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Operation;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.ServerState;
import io.github.dataspaces.runtime.Uninterrupted;
import java.util.function.Supplier;

/**
 * Keeps a dataspace's files still while they are cloned. The server is stopped rather than frozen:
 * only a clean stop writes down everything, unlogged tables included.
 */
final class Quiescence {

  private final Entry<DataspaceRecord> entry;
  private final DatabaseRuntime runtime;
  private final Server server;
  private final Operation operation;

  /**
   * @param reason what it is stopped for, in the user's words
   */
  Quiescence(Store store, String name, String reason) {
    DataspaceRecord record = store.get(name);
    this.entry = store.entry(name);
    this.runtime = store.runtime(record);
    this.server = store.server(name, record);
    this.operation =
        new Operation(
            reason, true, record.port(), record.origin().runtime(), record.origin().source());
  }

  /**
   * Does the work while the server is stopped, and sets it going again as it was, whatever happens.
   */
  <T> T whileStill(Supplier<T> work) {
    ServerState before = runtime.state(server);
    if (before == ServerState.STOPPED) {
      runtime.beforeCloning(server);
      return work.get();
    }
    entry.begin(operation);
    try {
      Uninterrupted.run(() -> runtime.stop(server, true));
      runtime.beforeCloning(server);
      return work.get();
    } finally {
      Uninterrupted.run(() -> restore(before));
    }
  }

  private void restore(ServerState before) {
    // a server that refused to stop is not to be started a second time
    if (runtime.state(server) == ServerState.STOPPED) {
      runtime.start(server);
    }
    if (before == ServerState.PAUSED) {
      runtime.pause(server);
    }
    entry.end();
  }
}
