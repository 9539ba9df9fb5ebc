package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.runtime.RunningDatabase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clones of template databases, made ahead in the background for each template that is in use, each
 * with a connection; and the databases they replaced, dropped when there is time. Thread-safe.
 */
final class CloneQueue implements AutoCloseable {

  /** The next test begins first: it would wait for the processor otherwise. */
  private static final long MAKE_AFTER_MILLISECONDS = 3;

  /** What nobody needs any more goes while a test is under way, not when the next is waiting. */
  private static final long DROP_AFTER_MILLISECONDS = 8;

  private static final String SMALL_BYTES = "100000000";

  private final Transactions transactions;
  private final DatabaseNames names;
  private final ConnectionsAhead connections;
  private final Map<String, Deque<Clone>> ready = new HashMap<>();
  private final Map<String, Deque<String>> replaced = new HashMap<>();
  private final Map<String, Boolean> small = new ConcurrentHashMap<>();
  private final Background makers;
  private @Nullable FileCopy copies;
  private final Background droppers;

  CloneQueue(
      RunningDatabase server,
      String adminDatabase,
      DatabaseNames names,
      Transactions transactions) {
    this.names = names;
    this.transactions = transactions;
    this.connections = new ConnectionsAhead(server, adminDatabase);
    Supplier<AdminConnection> opener = () -> AdminConnection.open(server, adminDatabase);
    this.makers = new Background(opener, "dataspaces-clones", MAKE_AFTER_MILLISECONDS);
    this.droppers = new Background(opener, "dataspaces-drops", DROP_AFTER_MILLISECONDS);
  }

  /**
   * Has clones made until enough are ready: two, so that one that takes longer keeps nobody
   * waiting, but one only of a database that would take much room.
   */
  void order(Template template) {
    makers.later(
        admin -> {
          if (count(template) == 0) {
            add(template, provide(admin, template));
          }
          if (count(template) == 1 && isSmall(admin, template)) {
            add(template, provide(admin, template));
          }
          discardReplaced(template);
        });
  }

  /** Takes a database that a clone has replaced, for the next clone to be made of. */
  void replaced(Template template, String database) {
    synchronized (ready) {
      replaced.computeIfAbsent(template.name(), name -> new ArrayDeque<>()).add(database);
    }
  }

  private int count(Template template) {
    synchronized (ready) {
      return clones(template).size();
    }
  }

  private boolean isSmall(AdminConnection admin, Template template) {
    return small.computeIfAbsent(
        template.name(),
        name ->
            admin
                .query("select pg_database_size(?::name) <= ?::bigint", name, SMALL_BYTES)
                .get(0)
                .get(0)
                .equals("t"));
  }

  private void add(Template template, String clone) {
    Clone added = new Clone(clone, connections.open(clone, template.settings()));
    synchronized (ready) {
      clones(template).add(added);
    }
  }

  /** Takes over the clones that another process has left. */
  void adopt(Template template) {
    makers.now(
        admin ->
            admin
                .query(
                    "select datname from pg_database where starts_with(datname, ?)",
                    template.clonePrefix())
                .stream()
                .map(row -> row.get(0))
                .filter(clone -> !isKnown(template, clone)) // several marks can have one template
                .forEach(clone -> add(template, clone)));
  }

  private boolean isKnown(Template template, String clone) {
    synchronized (ready) {
      return clones(template).stream().anyMatch(known -> known.name().equals(clone));
    }
  }

  /** A clone, made now if none is ready. */
  Clone take(Template template) {
    Clone clone = poll(template);
    if (clone != null) {
      return clone;
    }
    Deque<Clone> made = new ArrayDeque<>();
    makers.now(
        admin -> {
          // the one that was being made until now is ready
          Clone meanwhile = poll(template);
          made.add(
              meanwhile == null ? Clone.withoutConnection(provide(admin, template)) : meanwhile);
        });
    return made.remove();
  }

  private @Nullable Clone poll(Template template) {
    synchronized (ready) {
      return clones(template).poll();
    }
  }

  /** Drops a database when there is time. */
  void discard(String database) {
    droppers.later(
        admin -> {
          Sessions.end(admin, database);
          CloneFolders.drop(admin, transactions, database);
        });
  }

  /** Drops the clones of a template that are ready, and the template. */
  void discard(Template template) {
    makers.later(
        admin -> {
          synchronized (ready) {
            clones(template).forEach(this::discard);
            ready.remove(template.name());
            discardReplaced(template);
          }
          transactions.own(() -> admin.executeAtOnce(template.unseal()));
          LargeFiles.remove(admin, template.name());
          discard(template.name());
        });
  }

  private void discard(Clone clone) {
    clone.disconnect();
    discard(clone.name());
  }

  /** By the makers only. */
  private String provide(AdminConnection admin, Template template) {
    FileCopy copying = copies;
    if (copying == null) {
      copying = new FileCopy(admin, transactions);
      copies = copying;
    }
    // with its name it is one that can be taken, by another process, too
    String name = template.clonePrefix() + names.next();
    String left = pollReplaced(template);
    if (left == null || !isRenewed(copying, template, left, name)) {
      String halfMade = names.next("making");
      copying.make(template, halfMade, List.of(Template.rename(halfMade, name)));
    }
    return name;
  }

  private static boolean isRenewed(
      FileCopy copying, Template template, String replaced, String name) {
    try {
      return copying.renew(template, replaced, name);
    } catch (DataspaceException e) {
      // it goes with the server
      return false;
    }
  }

  private void discardReplaced(Template template) {
    for (String left = pollReplaced(template); left != null; left = pollReplaced(template)) {
      discard(left);
    }
  }

  private @Nullable String pollReplaced(Template template) {
    synchronized (ready) {
      Deque<String> databases = replaced.get(template.name());
      return databases == null ? null : databases.poll();
    }
  }

  private Deque<Clone> clones(Template template) {
    return ready.computeIfAbsent(template.name(), name -> new ArrayDeque<>());
  }

  /** Waits for what is under way; nothing is made after that. */
  void finish() {
    makers.finish();
    droppers.finish();
  }

  @Override
  public void close() {
    connections.close();
    makers.close();

    droppers.close();
    synchronized (ready) {
      ready.values().forEach(clones -> clones.forEach(Clone::disconnect));
    }
  }
}
