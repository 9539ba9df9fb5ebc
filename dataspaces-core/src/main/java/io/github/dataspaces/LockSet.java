package io.github.dataspaces;

import io.github.dataspaces.home.Locks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Several locks, taken in the order of their names, so that nobody waits for another in a circle.
 */
final class LockSet implements AutoCloseable {

  private final List<Locks.Held> held;

  private LockSet(List<Locks.Held> held) {
    this.held = held;
  }

  static LockSet acquire(Locks locks, String... names) {
    LockSet set = new LockSet(new ArrayList<>());
    try {
      Stream.of(names).distinct().sorted().forEach(name -> set.held.add(locks.acquire(name)));
      return set;
    } catch (RuntimeException e) {
      set.close();
      throw e;
    }
  }

  @Override
  public void close() {
    held.forEach(Locks.Held::close);
  }
}
