package io.github.dataspaces.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long something took, several times. */
final class Timing {

  private final List<Long> milliseconds = new ArrayList<>();

  void time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    milliseconds.add((System.nanoTime() - start) / 1_000_000);
  }

  /** The median, and the range. */
  @Override
  public String toString() {
    List<Long> sorted = new ArrayList<>(milliseconds);
    Collections.sort(sorted);
    return "%d ms (%d–%d)"
        .formatted(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
  }
}
