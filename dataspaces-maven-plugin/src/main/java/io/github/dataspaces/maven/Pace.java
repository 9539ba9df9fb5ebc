package io.github.dataspaces.maven;

import java.time.Duration;

/** How long work will still take, by how fast it has been so far. */
final class Pace {

  /** Before that, it would be a guess. */
  private static final long SETTLED = 2_000;

  private String what = "";
  private long start;
  private long startDone;

  /**
   * What is to be said of it; empty while nothing can be.
   *
   * @param now milliseconds
   */
  String left(String work, long done, long total, long now) {
    if (!work.equals(what) || done < startDone) {
      what = work;
      start = now;
      startDone = done;
    }
    long elapsed = now - start;
    if (total <= 0 || elapsed < SETTLED || done <= startDone) {
      return "";
    }
    double perByte = (double) elapsed / (done - startDone);
    Duration left = Duration.ofMillis((long) (perByte * (total - done)));
    return ", %s left".formatted(Units.duration(left));
  }
}
