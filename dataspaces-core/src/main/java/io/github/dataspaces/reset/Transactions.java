package io.github.dataspaces.reset;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells whether anybody but the reset itself has written anything since a moment, by the server's
 * transaction ids: whoever writes a row, changes a schema or rolls that back has taken one, and
 * each statement of the reset takes exactly one. A statement still under way makes the answer
 * "perhaps", which counts as yes; so does the server's own housekeeping.
 */
final class Transactions {

  /**
   * Takes an id itself: what a snapshot tells leaves out transactions that are open, or prepared.
   */
  private static final String NEXT = "select pg_current_xact_id()::text";

  private final AtomicLong own = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * A moment.
   *
   * @param next the transaction id that was taken then
   * @param own how many the reset had taken by then, that one included
   * @param failed how many of its statements had failed by then: whether those took one is not
   *     known
   */
  record Moment(long next, long own, long failed, boolean certain) {}

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

  Moment now(AdminConnection admin) {
    long ownBefore = own.get();
    boolean quiet = underWay.get() == 0;
    long next = next(admin);
    return new Moment(next, own.get(), failed.get(), quiet && isStillQuiet(ownBefore));
  }

  /** False only if nobody can have written since then. */
  boolean writtenSince(Moment then, AdminConnection admin) {
    long ownBefore = own.get();
    if (!then.certain() || underWay.get() > 0) {
      return true;
    }
    long next = next(admin);
    return !isStillQuiet(ownBefore)
        || failed.get() != then.failed()
        || next - then.next() != ownBefore - then.own() + 1;
  }

  private boolean isStillQuiet(long ownBefore) {
    return underWay.get() == 0 && own.get() == ownBefore + 1;
  }

  private long next(AdminConnection admin) {
    long next = Long.parseLong(admin.query(NEXT).get(0).get(0));
    own.incrementAndGet();
    return next;
  }
}
