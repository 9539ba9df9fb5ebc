package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.runtime.RunningDatabase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Clones of template databases, made ahead in the background, one ready for each template that is
 * in use; and the databases they replaced, dropped when there is time. Thread-safe.
 */
final class CloneQueue implements AutoCloseable {

  private static final long LONGEST_SECONDS = 60;

  private final RunningDatabase server;
  private final AdminConnection admin;
  private final Transactions transactions;
  private final ExecutorService worker;
  private final Map<String, Deque<Clone>> ready = new HashMap<>();
  private final DatabaseNames names;

  CloneQueue(
      RunningDatabase server,
      String adminDatabase,
      DatabaseNames names,
      Transactions transactions) {
    this.server = server;
    this.names = names;
    this.admin = AdminConnection.open(server, adminDatabase);
    this.transactions = transactions;
    this.worker =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "dataspaces-clones");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Has a clone made, if none is ready. */
  void order(Template template) {
    worker.execute(
        () -> {
          synchronized (ready) {
            if (!clones(template.name()).isEmpty()) {
              return;
            }
          }
          try {
            Clone made = make(template);
            synchronized (ready) {
              clones(template.name()).add(made);
            }
          } catch (DataspaceException e) {
            // whoever needs it makes it, and hears why that fails
          }
        });
  }

  /** Takes over the clones that another process has left. */
  void adopt(Template template) {
    List<Clone> left =
        admin
            .query(
                "select datname from pg_database where starts_with(datname, ?)",
                template.clonePrefix())
            .stream()
            .map(row -> new Clone(row.get(0), Sequences.of(server, row.get(0))))
            .toList();
    synchronized (ready) {
      clones(template.name()).addAll(left);
    }
  }

  /** A clone, made now if none is ready. */
  Clone take(Template template) {
    synchronized (ready) {
      Clone clone = clones(template.name()).poll();
      if (clone != null) {
        return clone;
      }
    }
    return make(template);
  }

  /** Drops a database when there is time. */
  void discard(String database) {
    worker.execute(
        () -> {
          try {
            drop(database);
          } catch (DataspaceException e) {
            // somebody still looks at it; it goes with the server
          }
        });
  }

  /** Does something when there is time. */
  void later(Runnable work) {
    worker.execute(work);
  }

  /** Drops the clones of a template that are ready, and the template. */
  void discard(Template template) {
    worker.execute(
        () -> {
          Deque<Clone> left;
          synchronized (ready) {
            left = clones(template.name());
            ready.remove(template.name());
          }
          left.forEach(
              clone -> {
                clone.sequences().close();
                discard(clone.name());
              });
          transactions.own(() -> admin.executeAtOnce(template.unsealStatements()));
          discard(template.name());
        });
  }

  private synchronized Clone make(Template template) {
    String name = template.clonePrefix() + names.next();
    transactions.own(() -> admin.execute(template.createStatement(name)));
    transactions.own(() -> admin.executeAtOnce(template.attributeStatements(name)));
    return new Clone(name, Sequences.of(server, name));
  }

  /** Its sessions have been told to end. */
  private synchronized void drop(String database) {
    Sessions.end(admin, database);
    transactions.own(() -> admin.execute("drop database \"" + database + "\""));
  }

  private Deque<Clone> clones(String template) {
    return ready.computeIfAbsent(template, name -> new ArrayDeque<>());
  }

  /** Waits for what is under way; nothing is made after that. */
  void finish() {
    worker.shutdown();
    try {
      worker.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
    finish();
    ready.values().forEach(clones -> clones.forEach(clone -> clone.sequences().close()));
    admin.close();
  }
}
