package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A connection to PostgreSQL for work that can wait, and the only thread that does such work with
 * it. Thread-safe.
 */
final class Background implements AutoCloseable {

  private static final long LONGEST_SECONDS = 60;

  private final AdminConnection admin;
  private final long delayMilliseconds;
  private final ScheduledThreadPoolExecutor worker;

  /**
   * @param name the thread's
   * @param delayMilliseconds how long work waits for what is more urgent
   */
  Background(AdminConnection admin, String name, long delayMilliseconds) {
    this.admin = admin;
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
    admin.close();
  }
}
