package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.TocEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Entries that several threads restore at once: each after all that it depends on, and never two at
 * once that would wait for each other's tables. Thread-safe.
 */
final class Dependents {

  private final List<TocEntry> waiting;
  private final List<TocEntry> running = new ArrayList<>();
  private final Set<Integer> missing = new HashSet<>();
  private int restored;

  Dependents(List<TocEntry> entries) {
    waiting = new ArrayList<>(entries);
    entries.forEach(entry -> missing.add(entry.id()));
  }

  /** The next one that can be restored now; empty when there are no more. */
  synchronized Optional<TocEntry> take() {
    while (!waiting.isEmpty()) {
      Optional<TocEntry> found = waiting.stream().filter(this::isReady).findFirst();
      if (found.isEmpty() && running.isEmpty()) {
        // they wait for each other: the order of the archive is as good as any
        found = Optional.of(waiting.get(0));
      }
      if (found.isPresent()) {
        waiting.remove(found.get());
        running.add(found.get());
        return found;
      }
      await();
    }
    return Optional.empty();
  }

  private void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      waiting.clear();
      Thread.currentThread().interrupt();
    }
  }

  private boolean isReady(TocEntry entry) {
    return Collections.disjoint(entry.dependencies(), missing)
        && running.stream().noneMatch(other -> collide(entry, other));
  }

  /** Indexes of one table can be built at once; everything else wants its tables for itself. */
  private static boolean collide(TocEntry one, TocEntry other) {
    boolean bothShare = one.type().equals("INDEX") && other.type().equals("INDEX");
    return !bothShare && !Collections.disjoint(one.dependencies(), other.dependencies());
  }

  /** Notes that one is restored; says how many are by now. */
  synchronized int done(TocEntry entry) {
    running.remove(entry);
    missing.remove(entry.id());
    notifyAll();
    return ++restored;
  }

  /** Nothing more is to be taken. */
  synchronized void giveUp() {
    waiting.clear();
    notifyAll();
  }
}
