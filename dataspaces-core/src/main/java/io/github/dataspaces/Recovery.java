package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.home.Operation;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.ServerEdition;
import io.github.dataspaces.runtime.Uninterrupted;
import io.github.dataspaces.snapshot.Snapshot;
import io.github.dataspaces.storage.DirectoryStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what processes that died have left half-made, and says so. Whoever holds a name's
 * lock and finds something unfinished under it knows that nobody works on it any more.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  private final Services services;
  private final Store store;

  Recovery(Services services) {
    this.services = services;
    this.store = new Store(services);
  }

  /** Looks through the whole home; passes over what somebody is working on. */
  void sweep() {
    Home home = services.home();
    services.runtimes().stream()
        .flatMap(runtime -> runtime.sweepShared().stream())
        .forEach(path -> LOG.warn("Removed what an interrupted build left half-made in {}", path));
    Stream.concat(Home.namesIn(home.dataspaces()).stream(), Home.namesIn(home.snapshots()).stream())
        .distinct()
        .filter(this::needsRecovery)
        .forEach(name -> ifIdle(name, () -> recover(name)));
    for (String key : Home.namesIn(home.templates())) {
      Entry<Snapshot> entry = new Entry<>(home.template(key), Snapshot.class);
      if (unfinished(entry)) {
        ifIdle(Templates.lockName(key), () -> clear(entry));
      }
    }
  }

  private void ifIdle(String lockName, Runnable work) {
    services
        .locks()
        .tryAcquire(lockName)
        .ifPresent(
            lock -> {
              try (Locks.Held held = lock) {
                work.run();
              } catch (RuntimeException e) {
                LOG.warn(
                    "What an interrupted build left of '{}' could not be cleared away: {}",
                    lockName,
                    e.getMessage());
              }
            });
  }

  private boolean needsRecovery(String name) {
    Entry<DataspaceRecord> entry = store.entry(name);
    return unfinished(entry) || snapshots(name).anyMatch(Recovery::unfinished) || ownerIsGone(name);
  }

  /** Clears away what is unfinished under a name. The caller holds its lock. */
  void recover(String name) {
    if (needsRecovery(name)) {
      Uninterrupted.run(() -> recoverNow(name));
    }
  }

  private void recoverNow(String name) {
    Entry<DataspaceRecord> entry = store.entry(name);
    if (unfinished(entry)) {
      recover(name, entry);
      store.releaseSharedIfLast();
    }
    snapshots(name).filter(Recovery::unfinished).toList().forEach(this::clearSnapshot);
    if (ownerIsGone(name)) {
      new Lifecycle(services).destroyLocked(name, true);
    }
  }

  private void clearSnapshot(Entry<Snapshot> entry) {
    clear(entry);
    if (!entry.exists()) {
      services.catalogue().remove(entry);
    }
  }

  private void recover(String name, Entry<DataspaceRecord> entry) {
    Optional<DataspaceRecord> record = entry.read();
    // its note stays until the server runs again: whoever does this may be interrupted, too
    clearScratch(entry);
    entry
        .unfinished()
        .filter(Operation::resume)
        .ifPresent(operation -> record.ifPresent(published -> restart(name, published, operation)));
    endOrRemove(entry);
  }

  /** A server that cannot be started must not stand in the way of destroying it. */
  private void restart(String name, DataspaceRecord record, Operation operation) {
    DatabaseRuntime runtime = store.runtime(record);
    Server server = store.server(name, record);
    String what = operation.description();
    try {
      // it may have been told to stop, and be about to
      runtime.stop(server, true);
      runtime.start(server);
      LOG.warn(
          "Dataspace '{}' was stopped for {}, which was interrupted: it runs again", name, what);
    } catch (RuntimeException e) {
      LOG.warn(
          "Dataspace '{}' was stopped for {}, which was interrupted, and does not start: {}",
          name,
          what,
          e.getMessage());
    }
  }

  /**
   * Removes scratch from an entry, and the entry itself if it was never published. The caller holds
   * its lock.
   */
  <T extends Entry.Record> void clear(Entry<T> entry) {
    clearScratch(entry);
    endOrRemove(entry);
  }

  private <T extends Entry.Record> void clearScratch(Entry<T> entry) {
    if (removeScratch(entry)) {
      LOG.warn(
          "Removed what {} left half-made in {}",
          entry.unfinished().map(Operation::description).orElse("an interrupted build"),
          entry.folder());
    }
  }

  private static <T extends Entry.Record> void endOrRemove(Entry<T> entry) {
    if (entry.exists()) {
      entry.end();
    } else {
      entry.remove();
    }
  }

  /** Ends whatever works on an entry's scratch, and removes it; says whether there was any data. */
  <T extends Entry.Record> boolean removeScratch(Entry<T> entry) {
    services.runtimes().forEach(DatabaseRuntime::endAbandonedWork);
    List<Path> scratch = entry.scratch();
    DirectoryStorage storage = storage(entry);
    for (Path data : scratch) {
      services.runtimes().forEach(runtime -> runtime.endLeftover(data));
      storage.delete(data);
    }
    entry.deleteScratchFiles();
    return !scratch.isEmpty();
  }

  private <T extends Entry.Record> DirectoryStorage storage(Entry<T> entry) {
    return entry
        .unfinished()
        .map(
            operation ->
                services
                    .runtime(operation.runtime())
                    .storage(new ServerEdition(operation.source(), "", "")))
        .orElseGet(DirectoryStorage::own);
  }

  private Stream<Entry<Snapshot>> snapshots(String name) {
    return Home.namesIn(services.home().snapshots(name)).stream()
        .map(snapshot -> services.catalogue().entry(new SnapshotReference(name, snapshot)));
  }

  private static <T extends Entry.Record> boolean unfinished(Entry<T> entry) {
    try {
      return java.nio.file.Files.isDirectory(entry.folder())
          && (!entry.exists()
              || !entry.scratch().isEmpty()
              || entry.hasScratchFiles()
              || entry.unfinished().isPresent());
    } catch (DataspaceException damaged) {
      return false; // told when it is used; nothing of it is touched
    }
  }

  private boolean ownerIsGone(String name) {
    try {
      return store
          .entry(name)
          .read()
          .flatMap(DataspaceRecord::owner)
          .filter(owner -> !owner.alive())
          .isPresent();
    } catch (DataspaceException damaged) {
      return false;
    }
  }
}
