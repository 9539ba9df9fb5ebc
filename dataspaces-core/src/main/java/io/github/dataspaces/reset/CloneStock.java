package io.github.dataspaces.reset;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The clones of a template that wait to be used, and what they are made of: the databases that
 * others of them have replaced, and the folders that those leave. Thread-safe.
 */
final class CloneStock {

  private final Deque<Clone> ready = new ArrayDeque<>();
  private final Deque<String> replaced = new ArrayDeque<>();
  private final Deque<String> folders = new ArrayDeque<>();

  /** How many are about to replace a database. */
  private int leaving;

  synchronized void add(Clone clone) {
    ready.add(clone);
  }

  synchronized boolean has(String name) {
    return ready.stream().anyMatch(clone -> clone.name().equals(name));
  }

  /** One that is ready, if any is. */
  synchronized @Nullable Clone poll() {
    return ready.poll();
  }

  /** Announces that one is about to replace a database. */
  synchronized void expectReplaced() {
    leaving++;
  }

  /** A database that a clone has replaced. */
  synchronized void replaced(String database) {
    leaving--;
    replaced.add(database);
  }

  /** The first that was replaced and is still there, if any is. */
  synchronized @Nullable String pollReplaced() {
    return replaced.poll();
  }

  /** The number of a folder that a replaced database has left. */
  synchronized void addFolder(String number) {
    folders.add(number);
  }

  /** The number of a folder, if there is any. */
  synchronized @Nullable String pollFolder() {
    return folders.poll();
  }

  /** The number of a folder, if there is any that is not needed for as many clones as wanted. */
  synchronized @Nullable String pollSpareFolder(int wanted) {
    return ready.size() < wanted ? null : folders.poll();
  }

  /**
   * Whether one is to be provided, so that as many as wanted are ready; not if only those are
   * missing that the databases will make up for which are about to be replaced.
   */
  synchronized boolean lacks(int wanted) {
    return ready.size() < wanted
        && (!replaced.isEmpty() || !folders.isEmpty() || ready.size() + leaving < wanted);
  }

  /** Has the connections closed that those have which are ready. */
  synchronized void disconnect() {
    ready.forEach(Clone::disconnect);
  }
}
