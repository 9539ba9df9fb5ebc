package io.github.dataspaces.junit;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;

/** Keeps those out who ask for a connection while a database is put back. Thread-safe. */
final class Gate {

  private boolean shut;

  synchronized void shut() {
    shut = true;
  }

  synchronized void open() {
    shut = false;
    notifyAll();
  }

  /**
   * Waits until it is open.
   *
   * @throws SQLException if that takes as long as a pool would wait for a connection
   */
  synchronized void pass() throws SQLException {
    long deadline =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ServerPool.PATIENCE_MILLISECONDS);
    while (shut) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new SQLTransientConnectionException("The database is still being put back.");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SQLException("Interrupted while the database was put back.", e);
      }
    }
  }
}
