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

  int runs() {
    return milliseconds.size();
  }

  /** The median, in milliseconds. */
  double median() {
    return sorted().get(milliseconds.size() / 2);
  }

  /** The median, and the range. */
  @Override
  public String toString() {
    List<Long> sorted = sorted();
    return "%.0f ms (%d–%d)".formatted(median(), sorted.get(0), sorted.get(sorted.size() - 1));
  }

  private List<Long> sorted() {
    List<Long> sorted = new ArrayList<>(milliseconds);
    Collections.sort(sorted);
    return sorted;
  }
}
