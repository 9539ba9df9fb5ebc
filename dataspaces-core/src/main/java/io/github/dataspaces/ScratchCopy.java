package io.github.dataspaces;

import io.github.dataspaces.flavour.Purpose;
import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.home.Operation;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.Uninterrupted;
import io.github.dataspaces.snapshot.Origin;
import io.github.dataspaces.storage.DirectoryStorage;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/**
 * A copy of a dataspace for work that changes it. It is never published: nobody else sees it, and
 * if this process dies it is what others find half-made, and remove.
 */
final class ScratchCopy {

  private final Services services;
  private final Store store;
  private final String source;
  private final String purpose;

  /**
   * @param source the dataspace, whose lock the caller holds
   * @param purpose what it is for, in the user's words, for example {@code the export}
   */
  ScratchCopy(Services services, String source, String purpose) {
    this.services = services;
    this.store = new Store(services);
    this.source = source;
    this.purpose = purpose;
  }

  /** Work on a server that runs. */
  @FunctionalInterface
  interface Work<T> {
    T on(Server server) throws IOException;
  }

  /**
   * Makes the copy, does the work and throws the copy away, whatever happens. The dataspace's
   * server is stopped only while its files are cloned.
   */
  <T> T use(Work<T> work) throws IOException {
    String name = "scratch-" + UUID.randomUUID();
    DataspaceRecord record = store.get(source);
    Origin origin = record.origin();
    DatabaseRuntime runtime = store.runtime(record);
    try (Locks.Held lock = services.locks().acquire(name)) {
      Entry<DataspaceRecord> entry = store.entry(name);
      int port = setPortAside(entry, origin);
      Server server =
          store.server(
              name,
              origin,
              entry.data(entry.nextData()),
              services.home().serverLog(name),
              port,
              Purpose.QUICK);
      try {
        DirectoryStorage storage = runtime.storage(server.edition());
        new Quiescence(store, source, purpose)
            .whileStill(
                () ->
                    storage.clone(
                        store.server(source, record).data(), server.data(), Optional.empty()));
        runtime.start(server);
        return work.on(server);
      } finally {
        Uninterrupted.run(() -> remove(entry, runtime, server));
      }
    }
  }

  private int setPortAside(Entry<DataspaceRecord> entry, Origin origin) {
    try (Locks.Held lock = services.locks().acquire(Ports.LOCK)) {
      int port = Ports.free(store.ports());
      entry.begin(new Operation(purpose, false, port, origin.runtime(), origin.source()));
      return port;
    }
  }

  private void remove(Entry<DataspaceRecord> entry, DatabaseRuntime runtime, Server server) {
    runtime.endLeftover(server.data());
    runtime.storage(server.edition()).delete(server.data());
    entry.remove();
    store.releaseSharedIfLast();
  }
}
