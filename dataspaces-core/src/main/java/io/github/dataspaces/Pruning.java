package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.ServerEdition;
import io.github.dataspaces.snapshot.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what nobody needs any more. */
final class Pruning {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  private final Services services;
  private final Store store;

  Pruning(Services services) {
    this.services = services;
    this.store = new Store(services);
  }

  List<String> prune(Duration unusedFor, boolean dryRun) {
    List<String> removed = new ArrayList<>();
    Instant now = Instant.now();
    store.names().stream()
        .filter(name -> isExpired(name, now))
        .forEach(name -> removed.add(dataspace(name, dryRun)));
    services.runtimes().forEach(runtime -> removed.addAll(orphans(runtime, dryRun)));
    for (String key : Home.namesIn(services.home().templates())) {
      template(key, now.minus(unusedFor), dryRun).ifPresent(removed::add);
    }
    if (removed.isEmpty()) {
      LOG.info("There is nothing to remove");
    } else {
      LOG.info("{} {}", dryRun ? "Would remove" : "Removed", String.join(", ", removed));
    }
    return removed;
  }

  /** Ends test servers that nobody has asked for in time. Passes over what is being worked on. */
  void pruneIdle() {
    Instant now = Instant.now();
    store.names().stream()
        .filter(name -> store.isPooled(name) && isExpired(name, now))
        .forEach(
            name ->
                services
                    .locks()
                    .tryAcquire(name)
                    .ifPresent(lock -> destroyIfStillExpired(name, lock)));
  }

  /** Its snapshots stay: somebody gave them names. */
  private String dataspace(String name, boolean dryRun) {
    if (!dryRun) {
      destroyIfStillExpired(name, services.locks().acquire(name));
    }
    return "dataspace '%s'".formatted(name);
  }

  /** Somebody may have taken it since it was looked at. */
  private void destroyIfStillExpired(String name, Locks.Held lock) {
    try (lock) {
      new Recovery(services).recover(name);
      if (isExpired(name, Instant.now())) {
        new Lifecycle(services).destroyLocked(name, false);
      }
    }
  }

  private List<String> orphans(DatabaseRuntime runtime, boolean dryRun) {
    List<String> known = new ArrayList<>(Home.namesIn(services.home().dataspaces()));
    Home.namesIn(services.home().templates()).forEach(key -> known.add(Templates.serverName(key)));
    List<String> ended = runtime.endOrphans(known, dryRun);
    if (!dryRun) {
      runtime.releaseShared();
    }
    return ended;
  }

  private boolean isExpired(String name, Instant now) {
    try {
      return store.get(name).expires().filter(now::isAfter).isPresent();
    } catch (DataspaceException damagedOrGone) {
      return false;
    }
  }

  private Optional<String> template(String key, Instant limit, boolean dryRun) {
    Entry<Snapshot> entry = new Entry<>(services.home().template(key), Snapshot.class);
    Optional<Snapshot> unused = entry.read().filter(snapshot -> entry.lastUsed().isBefore(limit));
    unused.filter(snapshot -> !dryRun).ifPresent(snapshot -> remove(key, entry, snapshot));
    return unused.map(
        snapshot ->
            "template of %s, %s".formatted(snapshot.origin(), Wording.size(snapshot.size())));
  }

  private void remove(String key, Entry<Snapshot> entry, Snapshot snapshot) {
    Path data = entry.data(snapshot.data());
    try (Locks.Held lock = services.locks().acquire(Templates.lockName(key))) {
      entry.unpublish();
      services
          .runtime(snapshot.origin().runtime())
          .storage(new ServerEdition(snapshot.origin().source(), "", ""))
          .delete(data);
      entry.remove();
    }
  }
}
