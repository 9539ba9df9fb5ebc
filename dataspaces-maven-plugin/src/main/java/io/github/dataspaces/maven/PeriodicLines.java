package io.github.dataspaces.maven;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A line every ten seconds: for logs. Work that takes less is not mentioned. */
final class PeriodicLines implements ProgressDisplay {

  private static final long PERIOD = 10_000;

  private final Consumer<String> log;
  private final LongSupplier milliseconds;
  private final Pace pace = new Pace();
  private boolean begun;
  private long toldAt;

  PeriodicLines(Consumer<String> log, LongSupplier milliseconds) {
    this.log = log;
    this.milliseconds = milliseconds;
  }

  @Override
  public synchronized void report(String what, long done, long total) {
    long now = milliseconds.getAsLong();
    String left = pace.left(what, done, total, now);
    if (!begun) {
      begun = true;
      toldAt = now;
    } else if (now - toldAt >= PERIOD) {
      toldAt = now;
      String progress = Units.progress(done, total) + left;
      log.accept(progress.isEmpty() ? what : what + ": " + progress);
    }
  }

  @Override
  public void close() {
    // a line that was written stays
  }
}
