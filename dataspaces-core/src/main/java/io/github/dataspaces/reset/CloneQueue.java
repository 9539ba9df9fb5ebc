package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.runtime.RunningDatabase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Clones of template databases, made ahead in the background, one ready for each template that is
 * in use; and the databases they replaced, dropped when there is time. Thread-safe.
 */
final class CloneQueue implements AutoCloseable {

  private static final long LONGEST_SECONDS = 60;
  private static final long PATIENCE_NANOSECONDS = 100_000_000;
  private static final long GLANCE_NANOSECONDS = 200_000;

  /** The next test's first connection comes first: it would wait for the processor otherwise. */
  private static final long MAKE_AFTER_MILLISECONDS = 4;

  /** What nobody needs any more goes when the next clone has been made. */
  private static final long DROP_AFTER_MILLISECONDS = 30;

  private final Transactions transactions;
  private final DatabaseNames names;
  private final Map<String, Deque<String>> ready = new HashMap<>();
  private final Maker makers;
  private final Maker droppers;

  CloneQueue(
      RunningDatabase server,
      String adminDatabase,
      DatabaseNames names,
      Transactions transactions) {
    this.names = names;
    this.transactions = transactions;
    this.makers =
        new Maker(
            AdminConnection.open(server, adminDatabase),
            "dataspaces-clones",
            MAKE_AFTER_MILLISECONDS);
    this.droppers =
        new Maker(
            AdminConnection.open(server, adminDatabase),
            "dataspaces-drops",
            DROP_AFTER_MILLISECONDS);
  }

  /** A connection and the only thread that works in the background with it. */
  private static final class Maker {
    private final AdminConnection admin;
    private final ScheduledThreadPoolExecutor worker;
    private final long delayMilliseconds;
    private final AtomicInteger working = new AtomicInteger();

    Maker(AdminConnection admin, String name, long delayMilliseconds) {
      this.admin = admin;
      this.delayMilliseconds = delayMilliseconds;
      this.worker =
          new ScheduledThreadPoolExecutor(
              1,
              task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
              });
    }

    void later(Consumer<AdminConnection> work) {
      worker.schedule(() -> quietly(work), delayMilliseconds, TimeUnit.MILLISECONDS);
    }

    private void quietly(Consumer<AdminConnection> work) {
      working.incrementAndGet();
      try {
        now(work);
      } catch (DataspaceException e) {
        // whoever needs it does it, and hears why that fails; or it goes with the server
      } finally {
        working.decrementAndGet();
      }
    }

    synchronized void now(Consumer<AdminConnection> work) {
      work.accept(admin);
    }

    void finish() {
      worker.shutdown();
      try {
        worker.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Has a clone made, if none is ready. */
  void order(Template template) {
    makers.later(
        admin -> {
          if (isReady(template)) {
            return;
          }
          String made = make(admin, template);
          synchronized (ready) {
            clones(template).add(made);
          }
        });
  }

  private boolean isReady(Template template) {
    synchronized (ready) {
      return !clones(template).isEmpty();
    }
  }

  /**
   * Waits a little until nothing is made or dropped: meanwhile nobody can tell who writes, and
   * whoever needs a clone would have to wait for it as well.
   */
  void awaitQuiet() {
    long deadline = System.nanoTime() + PATIENCE_NANOSECONDS;
    while (makers.working.get() + droppers.working.get() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(GLANCE_NANOSECONDS);
    }
  }

  /** Takes over the clones that another process has left. */
  void adopt(Template template) {
    makers.now(
        admin -> {
          List<List<String>> left =
              admin.query(
                  "select datname from pg_database where starts_with(datname, ?)",
                  template.clonePrefix());
          synchronized (ready) {
            left.stream()
                .map(row -> row.get(0))
                .filter(
                    clone ->
                        !clones(template).contains(clone)) // several marks can have one template
                .forEach(clones(template)::add);
          }
        });
  }

  /** A clone, made now if none is ready. */
  String take(Template template) {
    String clone = poll(template);
    if (clone != null) {
      return clone;
    }
    Deque<String> made = new ArrayDeque<>();
    makers.now(
        admin -> {
          // the one that was being made until now is ready
          String meanwhile = poll(template);
          made.add(meanwhile == null ? make(admin, template) : meanwhile);
        });
    return made.remove();
  }

  private @Nullable String poll(Template template) {
    synchronized (ready) {
      return clones(template).poll();
    }
  }

  /** Drops a database when there is time. */
  void discard(String database) {
    droppers.later(admin -> drop(admin, database));
  }

  /** Drops the clones of a template that are ready, and the template. */
  void discard(Template template) {
    makers.later(
        admin -> {
          synchronized (ready) {
            clones(template).forEach(this::discard);
            ready.remove(template.name());
          }
          transactions.own(() -> admin.executeAtOnce(template.unsealStatements()));
          discard(template.name());
        });
  }

  private String make(AdminConnection admin, Template template) {
    String halfMade = names.next("making");
    String name = template.clonePrefix() + names.next();
    transactions.own(() -> admin.copyDatabase(template.createStatement(halfMade)));
    List<String> statements = new ArrayList<>(template.attributeStatements(halfMade));
    // with its name it is one that can be taken, by another process, too
    statements.add(
        "update pg_database set datname = '%s' where datname = '%s'".formatted(name, halfMade));
    transactions.own(() -> admin.executeAtOnce(statements));
    return name;
  }

  private void drop(AdminConnection admin, String database) {
    Sessions.end(admin, database);
    transactions.own(() -> admin.execute("drop database \"" + database + "\""));
  }

  private Deque<String> clones(Template template) {
    return ready.computeIfAbsent(template.name(), name -> new ArrayDeque<>());
  }

  /** Waits for what is under way; nothing is made after that. */
  void finish() {
    makers.finish();
    droppers.finish();
  }

  @Override
  public void close() {
    makers.worker.shutdownNow();
    droppers.worker.shutdownNow();
    finish();
    makers.admin.close();
    droppers.admin.close();
  }
}
