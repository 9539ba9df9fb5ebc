package io.github.dataspaces;

import io.github.dataspaces.config.Imports;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.Purpose;
import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Operation;
import io.github.dataspaces.prepare.DumpImport;
import io.github.dataspaces.prepare.LiveImport;
import io.github.dataspaces.prepare.Preparer;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.ServerEdition;
import io.github.dataspaces.runtime.ServerState;
import io.github.dataspaces.runtime.Uninterrupted;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports dumps, or what is in a database elsewhere, into a dataspace: into a clone of its files,
 * on its own port, which becomes its files when all of it is there. Until then whatever goes wrong,
 * or dies, leaves scratch only.
 */
final class ImportOperations {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  private final Services services;
  private final Store store;

  ImportOperations(Services services) {
    this.services = services;
    this.store = new Store(services);
  }

  void run(String name, Imports imports) {
    long start = System.nanoTime();
    try (LockSet lock = LockSet.acquire(services.locks(), name)) {
      new Recovery(services).recover(name);
      DataspaceRecord record = store.get(name);
      new Lifecycle(services).requireRunning(name, record);
      Entry<DataspaceRecord> entry = store.entry(name);
      DataspaceRecord renewed = record.withData(entry.nextData(), record.origin(), record.parent());
      Change change =
          new Change(
              entry,
              store.runtime(record),
              renewed,
              store.server(name, record),
              store.server(name, renewed));
      Server server = change.current();
      change.make(
          preparer(imports, change.runtime(), server.edition(), server.flavour(), services),
          record);
      LOG.info("Imported {} into '{}' in {}", imports.described(), name, Wording.since(start));
    }
  }

  /** What imports dumps, or from a database elsewhere. */
  static Preparer preparer(
      Imports imports,
      DatabaseRuntime runtime,
      ServerEdition edition,
      Flavour flavour,
      Services services) {
    return imports
        .source()
        .<Preparer>map(
            source ->
                new LiveImport(
                    source,
                    imports.selection(),
                    runtime.programs(edition, flavour),
                    services.progress(),
                    LOG::warn))
        .orElseGet(() -> new DumpImport(imports, services.progress(), LOG::warn));
  }

  /** From the files as they are to those with the dump in them. */
  private record Change(
      Entry<DataspaceRecord> entry,
      DatabaseRuntime runtime,
      DataspaceRecord renewed,
      Server current,
      Server filled) {

    void make(Preparer filling, DataspaceRecord record) {
      entry.begin(
          new Operation(
              "the import",
              true,
              record.port(),
              record.origin().runtime(),
              record.origin().source()));
      try {
        Uninterrupted.run(() -> runtime.stop(current, true));
        runtime.beforeCloning(current);
        runtime.storage(current.edition()).clone(current.data(), filled.data(), Optional.empty());
        settle(new Preparation(runtime, filling).on(filled));
        entry.publish(renewed);
      } catch (RuntimeException | Error e) {
        Uninterrupted.run(this::undo);
        throw e;
      }
      Uninterrupted.run(this::finish);
    }

    /** Has it run as it is to, if that is another way than the one it was filled in. */
    private void settle(Server meanwhile) {
      if (meanwhile.arguments().equals(filled.arguments())) {
        return;
      }
      Uninterrupted.run(() -> runtime.stop(meanwhile, true));
      if (filled.purpose() == Purpose.DURABLE) {
        runtime.storage(filled.edition()).sync(filled.data());
      }
      runtime.start(filled);
    }

    private void undo() {
      runtime.endLeftover(filled.data());
      entry.scratch().forEach(runtime.storage(current.edition())::delete);
      if (runtime.state(current) == ServerState.STOPPED) {
        runtime.start(current);
      }
      entry.end();
    }

    private void finish() {
      runtime.beforeDeleting(current, Optional.of(filled));
      runtime.storage(current.edition()).delete(current.data());
      entry.end();
    }
  }
}
