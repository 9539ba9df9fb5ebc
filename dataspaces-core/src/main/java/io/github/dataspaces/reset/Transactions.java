package io.github.dataspaces.reset;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Tells whether anybody but the reset itself has written anything since a moment, by the server's
 * transaction ids: whoever writes a row, changes a schema or rolls that back has taken one, and
 * each statement of the reset takes exactly one. A statement still under way makes the answer
 * "perhaps", which counts as yes; so does the server's own housekeeping.
 *
 * <p>The ids are taken, not looked up: what a look tells leaves out transactions that are open, or
 * prepared.
 */
final class Transactions {

  private final AtomicLong own = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * A moment.
   *
   * @param observation what was seen then
   * @param own how many ids the reset had taken by then, that of the observation included
   * @param failed how many of its statements had failed by then: whether those took one is not
   *     known
   * @param certain whether none of its statements was under way
   */
  record Moment(Observation observation, long own, long failed, boolean certain) {

    /** False only if nobody has written from an earlier moment to this one. */
    boolean writtenSince(Moment earlier) {
      return !certain
          || !earlier.certain
          || failed != earlier.failed
          || observation.transaction() - earlier.observation.transaction() != own - earlier.own;
    }
  }

  /** Runs one statement, or several that take effect together, of the reset. */
  void own(Runnable statement) {
    underWay.incrementAndGet();
    try {
      statement.run();
      own.incrementAndGet();
    } catch (RuntimeException e) {
      failed.incrementAndGet();
      throw e;
    } finally {
      underWay.decrementAndGet();
    }
  }

  /** Looks at the server. */
  Moment now(Supplier<Observation> look) {
    long before = own.get();
    boolean quiet = underWay.get() == 0;
    Observation seen = look.get();
    long after = own.incrementAndGet();
    return new Moment(
        seen, after, failed.get(), quiet && underWay.get() == 0 && after == before + 1);
  }
}
