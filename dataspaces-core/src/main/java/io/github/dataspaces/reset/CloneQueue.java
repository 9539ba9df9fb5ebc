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

  private final AdminConnection admin;
  private final Transactions transactions;
  private final ExecutorService worker;
  private final Map<String, Deque<String>> ready = new HashMap<>();
  private final DatabaseNames names;

  CloneQueue(
      RunningDatabase server,
      String adminDatabase,
      DatabaseNames names,
      Transactions transactions) {
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
            String made = make(template);
            synchronized (ready) {
              clones(template.name()).add(made);
            }
          } catch (DataspaceException e) {
            // whoever needs it makes it, and hears why that fails
          }
        });
  }

  /** A clone, made now if none is ready. */
  String take(Template template) {
    synchronized (ready) {
      String clone = clones(template.name()).poll();
      if (clone != null) {
        return clone;
      }
    }
    return make(template);
  }

  /** Drops a database when there is time. Never by force: that can break a server that is busy. */
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

  private synchronized String make(Template template) {
    String name = names.next("clone");
    transactions.own(() -> admin.execute(template.createStatement(name)));
    List<String> attributes = template.attributeStatements(name);
    if (!attributes.isEmpty()) {
      transactions.own(() -> admin.executeAtOnce(attributes));
    }
    return name;
  }

  private synchronized void drop(String database) {
    transactions.own(() -> admin.execute("drop database \"" + database + "\""));
  }

  private Deque<String> clones(String template) {
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
    admin.close();
  }
}
