package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that tests have in turn: as many as are in use at once, started when they are needed,
 * put back as they were when they are given back. Those that nobody uses when a process ends are
 * left to the next that finds them in the home, and go by themselves after a while.
 *
 * <p>A server has one user at a time, so that nothing that it has, roles and settings included, is
 * ever seen by two tests. A process that dies takes those that it uses with it. Thread-safe.
 */
public final class TestServers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Services services;
  private final Store store;
  private final Duration keep;
  private final Map<List<Object>, Creation.Plan> plans = new ConcurrentHashMap<>();
  private final Map<String, Shelf> shelves = new HashMap<>();
  private final ExecutorService worker =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "dataspaces-servers");
            thread.setDaemon(true);
            return thread;
          });

  TestServers(Services services, Duration keep) {
    this.services = services;
    this.store = new Store(services);
    this.keep = keep;
  }

  /** The servers of one kind that this process has and nobody uses. */
  private static final class Shelf {
    final Deque<TestServer> idle = new ArrayDeque<>();
    int returning;
    int waiting;
    boolean discarded;
  }

  /**
   * A server in the state that the spec describes, which the caller has alone until it gives it
   * back. The spec's name is of no consequence.
   *
   * @throws DataspaceException as {@link Dataspaces#create}
   */
  public TestServer take(DataspaceSpec spec) {
    Creation.Plan plan =
        plans.computeIfAbsent(spec.contents(), key -> new Creation(services).plan(spec));
    TestServer idle = fromShelf(plan.pool());
    return idle != null ? idle : claim(plan).orElseGet(() -> create(plan));
  }

  private synchronized @Nullable TestServer fromShelf(String pool) {
    Shelf shelf = shelf(pool);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    // one that is being put back is there sooner than a new one
    while (shelf.idle.isEmpty() && shelf.returning > shelf.waiting) {
      shelf.waiting++;
      try {
        TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      } finally {
        shelf.waiting--;
      }
    }
    return shelf.idle.poll();
  }

  private Shelf shelf(String pool) {
    return shelves.computeIfAbsent(pool, key -> new Shelf());
  }

  /** Takes one that an earlier process has left. */
  private Optional<TestServer> claim(Creation.Plan plan) {
    for (String name : store.names()) {
      if (isIdle(name, plan) && claim(name, plan)) {
        try {
          TestServer server = server(plan, name);
          server.resets().toBeginning();
          return Optional.of(server);
        } catch (DataspaceException e) {
          LOG.warn("'{}' was left by an earlier build and cannot be used: {}", name, e.problem());
          new Lifecycle(services).destroy(name, true);
        }
      }
    }
    return Optional.empty();
  }

  private boolean claim(String name, Creation.Plan plan) {
    Optional<Locks.Held> held = services.locks().tryAcquire(name);
    try (Locks.Held lock = held.orElse(null)) {
      if (lock == null || !isIdle(name, plan)) {
        return false;
      }
      Entry<DataspaceRecord> entry = store.entry(name);
      DataspaceRecord record = entry.read().orElseThrow();
      DatabaseRuntime runtime = store.runtime(record);
      if (runtime.state(store.server(name, record)) != ServerState.RUNNING) {
        return false;
      }
      entry.publish(record.takenBy(Owner.self()));
      return true;
    }
  }

  private boolean isIdle(String name, Creation.Plan plan) {
    try {
      return store.entry(name).read().filter(record -> record.isIdle(plan.pool())).isPresent();
    } catch (DataspaceException damaged) {
      return false;
    }
  }

  private TestServer create(Creation.Plan plan) {
    String name =
        "test-"
            + plan.origin().flavour()
            + "-"
            + Passwords.random().toLowerCase(Locale.ROOT).substring(0, 8);
    Creation.Plan named = plan.pooledAs(name);
    new Creation(services).createForPool(named);
    if (!keep.isZero()) {
      Attendant.ensure(services); // it ends the server, too, if this process is killed
    }
    return server(named, name);
  }

  private TestServer server(Creation.Plan plan, String name) {
    Dataspace dataspace = new Dataspace(name, services);
    ResetSession resets =
        new ResetSession(
            dataspace, services, () -> new SnapshotOperations(services).restore(name, plan));
    return new TestServer(this, plan, dataspace, resets.begin());
  }

  /** Ends the servers of one kind once nobody uses them: none will be asked for again. */
  public void discard(DataspaceSpec spec) {
    Creation.Plan plan = plans.remove(spec.contents());
    if (plan == null) {
      return;
    }
    List<TestServer> idle;
    synchronized (this) {
      Shelf shelf = shelf(plan.pool());
      shelf.discarded = true;
      idle = List.copyOf(shelf.idle);
      shelf.idle.clear();
    }
    idle.forEach(server -> worker.execute(() -> destroy(server)));
  }

  void receive(TestServer server) {
    String pool = server.plan().pool();
    synchronized (this) {
      shelf(pool).returning++;
    }
    worker.execute(() -> shelve(server, pool));
  }

  private void shelve(TestServer server, String pool) {
    boolean restored = false;
    try {
      if (isDiscarded(pool)) {
        destroy(server);
        return;
      }
      server.resets().states().forEach(server.resets()::drop);
      server.resets().toBeginning();
      restored = true;
    } catch (RuntimeException e) {
      LOG.warn("'{}' cannot be used again: {}", server.dataspace().name(), e.getMessage());
      destroy(server);
    } finally {
      returned(server, pool, restored);
    }
  }

  private synchronized void returned(TestServer server, String pool, boolean restored) {
    Shelf shelf = shelf(pool);
    shelf.returning--;
    if (restored) {
      shelf.idle.add(server);
    }
    notifyAll();
  }

  private synchronized boolean isDiscarded(String pool) {
    return shelf(pool).discarded;
  }

  private static void destroy(TestServer server) {
    try {
      server.destroy();
    } catch (RuntimeException e) {
      LOG.warn("'{}' could not be destroyed: {}", server.dataspace().name(), e.getMessage());
    }
  }

  /** Leaves the servers that nobody uses to later builds, or ends them. */
  @Override
  public void close() {
    worker.shutdown();
    try {
      worker.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean left = false;
    synchronized (this) {
      for (Shelf shelf : shelves.values()) {
        for (TestServer server : shelf.idle) {
          left |= leave(server);
        }
        shelf.idle.clear();
      }
    }
    if (left) {
      Attendant.ensure(services);
    }
  }

  private boolean leave(TestServer server) {
    boolean keeps = !keep.isZero() && server.plan().spec().port() == 0;
    if (!keeps) {
      destroy(server);
      return false;
    }
    try {
      server.resets().handOver();
      String name = server.dataspace().name();
      try (Locks.Held lock = services.locks().acquire(name)) {
        Entry<DataspaceRecord> entry = store.entry(name);
        entry.publish(entry.read().orElseThrow().idleUntil(Instant.now().plus(keep)));
      }
      return true;
    } catch (RuntimeException e) {
      destroy(server);
      return false;
    }
  }
}
