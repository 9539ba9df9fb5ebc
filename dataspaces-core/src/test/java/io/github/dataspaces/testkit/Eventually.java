package io.github.dataspaces.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;

/** Waits for what takes a moment. */
public final class Eventually {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private Eventually() {}

  /** Waits until it holds; fails after 20 seconds. */
  public static void holds(String what, BooleanSupplier condition) {
    if (!within(LONGEST, condition)) {
      Assertions.fail("After %s still not: %s", LONGEST, what);
    }
  }

  /** Waits until it holds, at most that long; says whether it does. */
  public static boolean within(Duration longest, BooleanSupplier condition) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    return true;
  }
}
