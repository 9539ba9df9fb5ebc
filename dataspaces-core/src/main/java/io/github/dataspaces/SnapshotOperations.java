package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Operation;
import io.github.dataspaces.reset.PhysicalReset;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.ServerEdition;
import io.github.dataspaces.runtime.ServerState;
import io.github.dataspaces.runtime.Uninterrupted;
import io.github.dataspaces.snapshot.Origin;
import io.github.dataspaces.snapshot.Snapshot;
import io.github.dataspaces.storage.CloneReport;
import io.github.dataspaces.storage.DirectoryStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with snapshots. */
final class SnapshotOperations {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  private final Services services;
  private final Store store;

  SnapshotOperations(Services services) {
    this.services = services;
    this.store = new Store(services);
  }

  Snapshot take(SnapshotReference reference, boolean update) {
    long start = System.nanoTime();
    try (LockSet lock = LockSet.acquire(services.locks(), reference.dataspace())) {
      new Recovery(services).recover(reference.dataspace());
      DataspaceRecord record = store.get(reference.dataspace());
      Entry<Snapshot> entry = services.catalogue().entry(reference);
      Optional<Snapshot> earlier = entry.read();
      if (earlier.isPresent() && !update) {
        throw exists(reference);
      }
      Quiescence quiescence =
          new Quiescence(
              store, reference.dataspace(), "the snapshot '%s'".formatted(reference.snapshot()));
      Path source = store.server(reference.dataspace(), record).data();
      Snapshot taken =
          publish(
              entry,
              record.origin(),
              (number, target) -> {
                Optional<Path> unchanged = earlier.map(snapshot -> entry.data(snapshot.data()));
                CloneReport report =
                    quiescence.whileStill(
                        () -> storage(record.origin()).clone(source, target, unchanged));
                return new Snapshot(
                    number,
                    reference,
                    record.origin(),
                    Instant.now(),
                    record.parent(),
                    report.cloner(),
                    report.size(),
                    report.taken());
              });
      store.entry(reference.dataspace()).publish(record.withParent(reference.toString()));
      LOG.info(
          "{} snapshot '{}' of '{}' in {}: {} by {}, {} taken on disk",
          earlier.isPresent() ? "Updated" : "Took",
          reference.snapshot(),
          reference.dataspace(),
          Wording.since(start),
          Wording.size(taken.size()),
          taken.cloner(),
          Wording.size(taken.taken()));
      return taken;
    }
  }

  void rollback(String name, SnapshotReference to) {
    long start = System.nanoTime();
    try (LockSet locks = LockSet.acquire(services.locks(), name, to.dataspace())) {
      new Recovery(services).recover(name);
      DataspaceRecord record = store.get(name);
      Snapshot snapshot = services.catalogue().get(to);
      Compatibility.require(
          name, record.origin(), snapshot.origin(), "snapshot '%s'".formatted(to));
      Entry<DataspaceRecord> entry = store.entry(name);
      DataspaceRecord renewed =
          record.withData(entry.nextData(), snapshot.origin(), Optional.of(to.toString()));
      CloneReport report =
          reset(name, record, renewed, services.catalogue().entry(to).data(snapshot.data()));
      keepPassword(name, record.origin(), renewed);
      LOG.info(
          "Rolled '{}' back to '{}' in {}: {} by {}",
          name,
          to,
          Wording.since(start),
          Wording.size(report.size()),
          report.cloner());
    }
  }

  /** Puts back the files that a dataspace was made of. */
  void restore(String name, Creation.Plan made) {
    long start = System.nanoTime();
    try (LockSet locks = LockSet.acquire(services.locks(), name)) {
      DataspaceRecord record = store.get(name);
      DataspaceRecord renewed =
          record.withData(store.entry(name).nextData(), made.origin(), made.parent());
      CloneReport report = reset(name, record, renewed, made.files());
      keepPassword(name, record.origin(), renewed);
      LOG.info(
          "Put '{}' back as it was made in {}: {} by {}",
          name,
          Wording.since(start),
          Wording.size(report.size()),
          report.cloner());
    }
  }

  private CloneReport reset(
      String name, DataspaceRecord record, DataspaceRecord renewed, Path files) {
    Entry<DataspaceRecord> entry = store.entry(name);
    DatabaseRuntime runtime = store.runtime(record);
    Server current = store.server(name, record);
    boolean resume = runtime.state(current) != ServerState.STOPPED;
    entry.begin(
        new Operation(
            "the rollback",
            resume,
            record.port(),
            record.origin().runtime(),
            record.origin().source()));
    try {
      CloneReport report =
          new PhysicalReset(runtime)
              .reset(current, store.server(name, renewed), files, () -> entry.publish(renewed));
      entry.end();
      return report;
    } catch (RuntimeException e) {
      // until the new files are published, nothing has happened to the server
      if (entry.read().equals(Optional.of(record))) {
        Uninterrupted.run(() -> clear(entry, record.origin()));
      }
      throw e;
    }
  }

  private <T extends Entry.Record> void clear(Entry<T> entry, Origin origin) {
    entry.scratch().forEach(storage(origin)::delete);
    entry.end();
  }

  /**
   * Another dataspace's files bring another password; whoever uses this one knows the one it had.
   */
  private void keepPassword(String name, Origin before, DataspaceRecord renewed) {
    Origin now = renewed.origin();
    DatabaseRuntime runtime = store.runtime(renewed);
    Server server = store.server(name, renewed);
    boolean another =
        !now.password().equals(before.password()) && now.username().equals(before.username());
    if (another && runtime.state(server) == ServerState.RUNNING) {
      runtime
          .running(server)
          .execute(
              now.database(),
              List.of(server.flavour().changePassword(now.username(), before.password())));
      store.entry(name).publish(renewed.withOrigin(now.withPassword(before.password())));
    } else if (another) {
      LOG.warn(
          "Dataspace '{}' has another password now, the snapshot's, because it is not running; see: mvn dataspaces:env",
          name);
    }
  }

  Snapshot copy(SnapshotReference from, SnapshotReference to) {
    long start = System.nanoTime();
    try (LockSet locks = LockSet.acquire(services.locks(), from.dataspace(), to.dataspace())) {
      Snapshot source = services.catalogue().get(from);
      Entry<Snapshot> entry = services.catalogue().entry(to);
      if (entry.exists()) {
        throw exists(to);
      }
      DirectoryStorage storage = storage(source.origin());
      Path files = services.catalogue().entry(from).data(source.data());
      Snapshot copied =
          publish(
              entry,
              source.origin(),
              (number, target) -> {
                storage.clone(files, target, Optional.empty());
                return source.as(to, number);
              });
      LOG.info(
          "Copied snapshot '{}' to '{}' in {}: {}",
          from,
          to,
          Wording.since(start),
          Wording.size(copied.size()));
      return copied;
    }
  }

  void delete(SnapshotReference reference) {
    long start = System.nanoTime();
    try (LockSet lock = LockSet.acquire(services.locks(), reference.dataspace())) {
      services.catalogue().require(reference);
      Optional<Snapshot> snapshot = readable(services.catalogue().entry(reference));
      delete(reference, readable(store.entry(reference.dataspace())).map(DataspaceRecord::origin));
      LOG.info(
          "Deleted snapshot '{}' in {}: {}",
          reference,
          Wording.since(start),
          snapshot.map(deleted -> Wording.size(deleted.size())).orElse("its manifest was damaged"));
    }
  }

  /**
   * Deletes a dataspace's snapshots, damaged ones too. The caller holds the dataspace's lock.
   *
   * @param likely what the files of those are of that do not tell it themselves
   * @return how many there were
   */
  int deleteAll(String dataspace, Optional<Origin> likely) {
    List<String> names = services.catalogue().names(dataspace);
    names.forEach(name -> delete(new SnapshotReference(dataspace, name), likely));
    return names.size();
  }

  private void delete(SnapshotReference reference, Optional<Origin> likely) {
    Entry<Snapshot> entry = services.catalogue().entry(reference);
    Optional<Origin> origin = readable(entry).map(Snapshot::origin).or(() -> likely);
    origin.ifPresent(of -> entry.begin(operation("the deletion of a snapshot", of)));
    entry.unpublish();
    DirectoryStorage storage = origin.map(this::storage).orElseGet(DirectoryStorage::own);
    entry.scratch().forEach(storage::delete);
    services.catalogue().remove(entry);
  }

  private static <T extends Entry.Record> Optional<T> readable(Entry<T> entry) {
    try {
      return entry.read();
    } catch (DataspaceException damaged) {
      return Optional.empty();
    }
  }

  private static Operation operation(String description, Origin origin) {
    return new Operation(description, false, 0, origin.runtime(), origin.source());
  }

  /** Makes the files of a snapshot, and its manifest. */
  @FunctionalInterface
  private interface Maker {
    Snapshot make(int number, Path target);
  }

  private Snapshot publish(Entry<Snapshot> entry, Origin origin, Maker maker) {
    DirectoryStorage storage = storage(origin);
    entry.begin(operation("a snapshot", origin));
    int number = entry.nextData();
    try {
      Snapshot made = maker.make(number, entry.data(number));
      storage.sync(entry.data(number));
      entry.publish(made);
      return made;
    } finally {
      Uninterrupted.run(() -> clear(entry, origin));
      if (!entry.exists()) {
        services.catalogue().remove(entry);
      }
    }
  }

  private DirectoryStorage storage(Origin origin) {
    return services
        .runtime(origin.runtime())
        .storage(new ServerEdition(origin.source(), origin.contentId(), origin.editionVersion()));
  }

  private static DataspaceException exists(SnapshotReference reference) {
    return new DataspaceException(
        Reason.ALREADY_EXISTS,
        "Dataspace '%s' has a snapshot '%s' already."
            .formatted(reference.dataspace(), reference.snapshot()),
        "Choose another name, or replace it with -Ddataspaces.update=true.");
  }
}
