package io.github.dataspaces.reset;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for the databases that a reset makes. They begin alike, so that they can be told from the
 * user's, and are never used twice: a server may still have those of a process that has died.
 */
final class DatabaseNames {

  private final String session = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  private final AtomicLong number = new AtomicLong();

  String next(String kind) {
    return ClusterState.PREFIX + kind + "_" + next();
  }

  String next() {
    return session + "_" + number.incrementAndGet();
  }
}
