package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.home.Operation;
import io.github.dataspaces.process.Interactive;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.ServerState;
import io.github.dataspaces.runtime.Uninterrupted;
import io.github.dataspaces.snapshot.Origin;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts, stops, freezes, thaws and destroys dataspaces. */
final class Lifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  private final Services services;
  private final Store store;

  Lifecycle(Services services) {
    this.services = services;
    this.store = new Store(services);
  }

  void start(String name) {
    try (Locks.Held lock = services.locks().acquire(name)) {
      new Recovery(services).recover(name);
      startLocked(name);
    }
  }

  void startLocked(String name) {
    long start = System.nanoTime();
    DataspaceRecord record = store.get(name);
    DatabaseRuntime runtime = store.runtime(record);
    Server server = store.server(name, record);
    switch (runtime.state(server)) {
      case RUNNING -> LOG.info("Dataspace '{}' runs already, on port {}", name, record.port());
      case PAUSED -> {
        runtime.resume(server);
        LOG.info("Resumed '{}' in {}", name, Wording.since(start));
      }
      case STOPPED -> {
        Ports.requireFree(name, record.port());
        Uninterrupted.run(() -> runtime.start(server));
        LOG.info("Started '{}' on port {} in {}", name, record.port(), Wording.since(start));
      }
    }
  }

  void stop(String name) {
    long start = System.nanoTime();
    try (Locks.Held lock = services.locks().acquire(name)) {
      new Recovery(services).recover(name);
      DataspaceRecord record = store.get(name);
      Server server = store.server(name, record);
      boolean stopped = store.runtime(record).state(server) == ServerState.STOPPED;
      Uninterrupted.run(() -> store.runtime(record).stop(server, true));
      if (stopped) {
        LOG.info("Dataspace '{}' is stopped already", name);
      } else {
        LOG.info("Stopped '{}' in {}", name, Wording.since(start));
      }
    }
  }

  void pause(String name) {
    change(name, ServerState.PAUSED, "Paused", DatabaseRuntime::pause);
  }

  void resume(String name) {
    change(name, ServerState.RUNNING, "Resumed", DatabaseRuntime::resume);
  }

  private void change(
      String name, ServerState to, String done, BiConsumer<DatabaseRuntime, Server> action) {
    long start = System.nanoTime();
    try (Locks.Held lock = services.locks().acquire(name)) {
      new Recovery(services).recover(name);
      DataspaceRecord record = requireNotStopped(name);
      Server server = store.server(name, record);
      if (store.runtime(record).state(server) == to) {
        LOG.info("Dataspace '{}' is {} already", name, to);
        return;
      }
      action.accept(store.runtime(record), server);
      LOG.info("{} '{}' in {}", done, name, Wording.since(start));
    }
  }

  void destroy(String name, boolean snapshots) {
    try (Locks.Held lock = services.locks().acquire(name)) {
      new Recovery(services).recover(name);
      store.require(name);
      if (store.isDamaged(name)) {
        destroyDamaged(name, snapshots);
      } else {
        destroyLocked(name, snapshots);
      }
    }
  }

  /** Nothing tells what it was: whatever works on its files is ended, and they go. */
  private void destroyDamaged(String name, boolean snapshots) {
    long start = System.nanoTime();
    Entry<DataspaceRecord> entry = store.entry(name);
    entry.unpublish();
    new Recovery(services).removeScratch(entry);
    entry.remove();
    LOG.info(
        "Destroyed '{}'{}, whose record was damaged, in {}",
        name,
        snapshots ? deleteSnapshots(name, Optional.empty()) : "",
        Wording.since(start));
    store.releaseSharedIfLast();
  }

  void destroyLocked(String name, boolean snapshots) {
    long start = System.nanoTime();
    DataspaceRecord record = store.get(name);
    Entry<DataspaceRecord> entry = store.entry(name);
    DatabaseRuntime runtime = store.runtime(record);
    Server server = store.server(name, record);
    Operation operation =
        new Operation(
            "its destruction", false, 0, record.origin().runtime(), record.origin().source());
    // fails where that cannot be known: nothing is taken away under a server that may run
    runtime.state(server);
    entry.begin(operation);
    // from here on it is scratch: whatever happens now, it is gone
    entry.unpublish();
    runtime.stop(server, false);
    runtime.beforeDeleting(server, Optional.empty());
    runtime.storage(server.edition()).delete(server.data());
    entry.remove();
    String deleted = snapshots ? deleteSnapshots(name, Optional.of(record.origin())) : "";
    store.releaseSharedIfLast();
    LOG.info("Destroyed '{}'{} in {}", name, deleted, Wording.since(start));
  }

  /** Says what was deleted. */
  private String deleteSnapshots(String name, Optional<Origin> origin) {
    int deleted = new SnapshotOperations(services).deleteAll(name, origin);
    return deleted == 0 ? "" : " and " + Wording.count(deleted, "snapshot");
  }

  int client(String name, Optional<String> command) {
    DataspaceRecord record = requireNotStopped(name);
    Interactive client = store.runtime(record).client(store.server(name, record), command);
    return client.run();
  }

  int shell(String name, Optional<String> command) {
    DataspaceRecord record = requireNotStopped(name);
    Interactive shell = store.runtime(record).shell(store.server(name, record), command);
    return shell.run();
  }

  /** Fails if it is stopped or paused. */
  void requireRunning(String name, DataspaceRecord record) {
    ServerState state = store.runtime(record).state(store.server(name, record));
    if (state == ServerState.STOPPED) {
      throw stopped(name);
    }
    if (state == ServerState.PAUSED) {
      throw new DataspaceException(
          Reason.WRONG_STATE,
          "Dataspace '%s' is paused.".formatted(name),
          "Resume it with: mvn dataspaces:resume -Ddataspaces.name=%s".formatted(name));
    }
  }

  private DataspaceRecord requireNotStopped(String name) {
    DataspaceRecord record = store.get(name);
    if (store.runtime(record).state(store.server(name, record)) == ServerState.STOPPED) {
      throw stopped(name);
    }
    return record;
  }

  static DataspaceException stopped(String name) {
    return new DataspaceException(
        Reason.WRONG_STATE,
        "Dataspace '%s' is stopped.".formatted(name),
        "Start it with: mvn dataspaces:start -Ddataspaces.name=%s".formatted(name));
  }
}
