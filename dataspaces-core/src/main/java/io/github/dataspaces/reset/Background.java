package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection to PostgreSQL for work that can wait, opened when there is some, and the only thread
 * that does such work with it. Thread-safe.
 */
final class Background implements AutoCloseable {

  private static final long LONGEST_SECONDS = 60;

  private final Supplier<AdminConnection> opener;
  private final long delayMilliseconds;
  private final ScheduledThreadPoolExecutor worker;
  private @Nullable AdminConnection opened;

  /**
   * @param opener opens the connection
   * @param name the thread's
   * @param delayMilliseconds how long work waits for what is more urgent
   */
  Background(Supplier<AdminConnection> opener, String name, long delayMilliseconds) {
    this.opener = opener;
    this.delayMilliseconds = delayMilliseconds;
    this.worker =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Has something done by and by; if that fails, whoever needs it does it, and hears why. */
  void later(Consumer<AdminConnection> work) {
    worker.schedule(() -> quietly(work), delayMilliseconds, TimeUnit.MILLISECONDS);
  }

  private void quietly(Consumer<AdminConnection> work) {
    try {
      now(work);
    } catch (DataspaceException e) {
      // or it goes with the server
    }
  }

  /** Does something when what is under way is done. */
  synchronized void now(Consumer<AdminConnection> work) {
    AdminConnection admin = opened;
    if (admin == null) {
      admin = opener.get();
      opened = admin;
    }
    work.accept(admin);
  }

  /** Waits for all that is to be done; nothing is done after that. */
  void finish() {
    worker.shutdown();
    try {
      worker.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for what is under way only. */
  @Override
  public void close() {
    worker.shutdownNow();
    finish();
    synchronized (this) {
      if (opened != null) {
        opened.close();
      }
    }
  }
}
