package io.github.dataspaces.reset;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Tells whether anybody but the reset itself has written anything since a moment, by the server's
 * transaction ids: whoever writes a row, changes a schema or rolls that back has taken one, and
 * each statement of the reset takes exactly one. Of those under way the server tells whether they
 * have theirs yet. Whatever stays uncertain counts as written, and so does the server's own
 * housekeeping.
 *
 * <p>The ids are taken, not looked up: what a look tells leaves out transactions that are open, or
 * prepared.
 */
final class Transactions {

  private static final int LOOKS = 8;
  private static final long PAUSE_NANOSECONDS = 200_000;

  private final AtomicLong finished = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * A moment.
   *
   * @param observation what was seen then
   * @param others how many ids others than the reset had taken by then, if it is certain
   * @param doubtful how many of those may be the reset's own after all
   * @param failed how many of its statements had failed by then: whether those took one is not
   *     known
   */
  record Moment(Observation observation, long others, long doubtful, long failed) {

    boolean isCertain() {
      return doubtful == 0;
    }

    /** False only if nobody has written from an earlier moment to this one. */
    boolean writtenSince(Moment earlier) {
      return !isCertain()
          || !earlier.isCertain()
          || failed != earlier.failed
          || others != earlier.others;
    }

    private boolean isSurelyWrittenSince(Moment earlier) {
      return !earlier.isCertain() || others - doubtful > earlier.others;
    }
  }

  /** Runs one statement, or several that take effect together, of the reset. */
  void own(Runnable statement) {
    underWay.incrementAndGet();
    try {
      statement.run();
      finished.incrementAndGet();
    } catch (RuntimeException e) {
      failed.incrementAndGet();
      throw e;
    } finally {
      underWay.decrementAndGet();
    }
  }

  /** A way to look at the server. */
  @FunctionalInterface
  interface Look {

    /**
     * @param closely whether the reset's own statements that are under way are to be told
     */
    Observation look(boolean closely);
  }

  /** Looks at the server once. */
  Moment glance(Look look) {
    return glance(look, false);
  }

  private Moment glance(Look look, boolean closely) {
    long before = finished.get();
    Observation seen = look.look(closely || underWay.get() > 0);
    // first: one that ends just now is counted here and there, which is only a doubt
    long pending = underWay.get() - seen.own();
    long endedMeanwhile = finished.getAndIncrement() - before;
    return new Moment(
        seen,
        seen.transaction() - before - seen.own(),
        Math.abs(pending) + endedMeanwhile,
        failed.get());
  }

  /** Looks until there is no doubt, for a moment. */
  Moment now(Look look) {
    return until(Moment::isCertain, look);
  }

  /** Looks until there is no doubt whether anybody has written since, for a moment. */
  Moment since(Moment earlier, Look look) {
    return until(now -> now.isCertain() || now.isSurelyWrittenSince(earlier), look);
  }

  private Moment until(Predicate<Moment> clear, Look look) {
    Moment moment = glance(look);
    for (int i = 1; i < LOOKS && !clear.test(moment); i++) {
      LockSupport.parkNanos(PAUSE_NANOSECONDS);
      moment = glance(look, true);
    }
    return moment;
  }
}
