package io.github.dataspaces.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long something took, many times, in nanoseconds. */
final class Distribution {

  private final List<Long> sorted;

  Distribution(List<Long> nanoseconds) {
    List<Long> all = new ArrayList<>(nanoseconds);
    Collections.sort(all);
    this.sorted = List.copyOf(all);
  }

  private String milliseconds(double share) {
    int index = (int) Math.min(sorted.size() - 1L, Math.ceil(share * sorted.size()) - 1);
    return String.format(Locale.ROOT, "%.1f", sorted.get(Math.max(0, index)) / 1e6);
  }

  private String mean() {
    double mean = sorted.stream().mapToLong(Long::longValue).average().orElse(0);
    return String.format(Locale.ROOT, "%.1f", mean / 1e6);
  }

  /** Median, p95, p99, mean, all in milliseconds, and the number of runs, as cells of a table. */
  String cells() {
    return String.join(
        " | ",
        milliseconds(0.5),
        milliseconds(0.95),
        milliseconds(0.99),
        mean(),
        String.valueOf(sorted.size()));
  }
}
