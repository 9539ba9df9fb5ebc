package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.runtime.RunningDatabase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clones of template databases, made ahead in the background for each template that is in use, each
 * with a connection, of what the databases leave that they have replaced. Those are dropped by one
 * thread while another makes clones, because the server lets either wait a lot. Thread-safe.
 */
final class CloneQueue implements AutoCloseable {

  /** The next test begins first: it would wait for the processor otherwise. */
  private static final long MAKE_AFTER_MILLISECONDS = 3;

  /** What nobody needs any more goes while a test is under way, not when the next is waiting. */
  private static final long DROP_AFTER_MILLISECONDS = 8;

  private static final int ENOUGH = 2;

  private static final String SMALL_BYTES = "100000000";

  private final Transactions transactions;
  private final DatabaseNames names;
  private final ConnectionsAhead connections;
  private final Map<String, CloneStock> stocks = new ConcurrentHashMap<>();
  private final Map<String, Boolean> small = new ConcurrentHashMap<>();
  private final Background makers;
  private @Nullable FileCopy copies;
  private final Background emptiers;
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
    this.emptiers = new Background(opener, "dataspaces-emptiers", MAKE_AFTER_MILLISECONDS);
    this.droppers = new Background(opener, "dataspaces-drops", DROP_AFTER_MILLISECONDS);
  }

  /**
   * Has clones made until enough are ready: two, so that one that takes longer keeps nobody
   * waiting, but one only of a database that would take much room.
   */
  void order(Template template) {
    CloneStock stock = stock(template);
    emptiers.later(admin -> dropReplaced(admin, stock));
    makers.later(
        admin -> {
          int wanted = isSmall(admin, template) ? ENOUGH : 1;
          while (stock.lacks(wanted)) {
            add(stock, template, provide(admin, stock, template));
          }
          removeFolders(admin, () -> stock.pollSpareFolder(wanted));
        });
  }

  /** Takes a database that a clone has replaced, for the next clone to be made of. */
  void replaced(Template template, String database) {
    stock(template).replaced(database);
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

  private void add(CloneStock stock, Template template, String clone) {
    stock.add(new Clone(clone, connections.open(clone, template.settings())));
  }

  /** Takes over the clones that another process has left. */
  void adopt(Template template) {
    CloneStock stock = stock(template);
    makers.now(
        admin ->
            admin
                .query(
                    "select datname from pg_database where starts_with(datname, ?)",
                    template.clonePrefix())
                .stream()
                .map(row -> row.get(0))
                .filter(clone -> !stock.has(clone)) // several marks can have one template
                .forEach(clone -> add(stock, template, clone)));
  }

  /** A clone, made now if none is ready, which will replace a database. */
  Clone take(Template template) {
    CloneStock stock = stock(template);
    stock.expectReplaced();
    Clone clone = stock.poll();
    if (clone != null) {
      return clone;
    }
    Deque<Clone> made = new ArrayDeque<>();
    makers.now(
        admin -> {
          // the one that was being made until now is ready
          Clone meanwhile = stock.poll();
          made.add(
              meanwhile == null
                  ? Clone.withoutConnection(provide(admin, stock, template))
                  : meanwhile);
        });
    return made.remove();
  }

  /** Drops a database when there is time. */
  void discard(String database) {
    droppers.later(
        admin -> {
          Sessions.end(admin, database);
          CloneFolders.dropWhole(admin, transactions, database);
        });
  }

  /** Drops the clones of a template that are ready, and the template. */
  void discard(Template template) {
    makers.later(
        admin -> {
          CloneStock stock = stock(template);
          stocks.remove(template.name());
          discardReady(stock);
          emptiers.now(dropping -> dropReplaced(dropping, stock));
          removeFolders(admin, stock::pollFolder);
          transactions.own(() -> admin.executeAtOnce(template.unseal()));
          LargeFiles.remove(admin, template.name());
          discard(template.name());
        });
  }

  private void discardReady(CloneStock stock) {
    for (Clone clone = stock.poll(); clone != null; clone = stock.poll()) {
      clone.disconnect();
      discard(clone.name());
    }
  }

  /** By the makers only. */
  private String provide(AdminConnection admin, CloneStock stock, Template template) {
    FileCopy copying = copies;
    if (copying == null) {
      copying = new FileCopy(admin, transactions);
      copies = copying;
    }
    // with its name it is one that can be taken, by another process, too
    String name = template.clonePrefix() + names.next();
    if (!isRenewed(copying, template, stock, name)) {
      String halfMade = names.next("making");
      copying.make(template, halfMade, List.of(Template.rename(halfMade, name)));
    }
    return name;
  }

  private boolean isRenewed(FileCopy copying, Template template, CloneStock stock, String name) {
    String left = stock.pollFolder();
    if (left == null) {
      // one that is being dropped is dropped then
      emptiers.now(admin -> dropReplaced(admin, stock));
      left = stock.pollFolder();
    }
    return left != null && copying.renew(template, left, name);
  }

  private void dropReplaced(AdminConnection admin, CloneStock stock) {
    for (String left = stock.pollReplaced(); left != null; left = stock.pollReplaced()) {
      try {
        Sessions.end(admin, left);
        CloneFolders.drop(admin, transactions, left).ifPresent(stock::addFolder);
      } catch (DataspaceException e) {
        discard(left);
      }
    }
  }

  private static void removeFolders(AdminConnection admin, Supplier<@Nullable String> unneeded) {
    for (String left = unneeded.get(); left != null; left = unneeded.get()) {
      CloneFolders.remove(admin, left);
    }
  }

  private CloneStock stock(Template template) {
    return stocks.computeIfAbsent(template.name(), name -> new CloneStock());
  }

  /** Waits for what is under way; nothing is made after that. */
  void finish() {
    emptiers.finish();
    makers.finish();
    makers.now(admin -> stocks.values().forEach(stock -> removeFolders(admin, stock::pollFolder)));
    droppers.finish();
  }

  @Override
  public void close() {
    connections.close();
    makers.close();
    emptiers.close();
    droppers.close();
    stocks.values().forEach(CloneStock::disconnect);
  }
}
