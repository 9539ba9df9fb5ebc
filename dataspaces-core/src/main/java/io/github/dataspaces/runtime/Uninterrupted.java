package io.github.dataspaces.runtime;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Work that has to come to its end once it has begun: a server that is stopped halfway, or not
 * started again, is worse than an interrupt that is heeded a moment later. Thread-safe.
 */
public final class Uninterrupted {

  private Uninterrupted() {}

  /**
   * Does the work in a thread that nobody interrupts. An interrupt of the caller's thread is kept
   * for after it.
   */
  public static void run(Runnable work) {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(work, Thread.currentThread().getName());
    thread.setUncaughtExceptionHandler((failed, e) -> failure.set(e));
    thread.start();
    join(thread);
    if (failure.get() instanceof RuntimeException e) {
      throw e;
    }
    if (failure.get() instanceof Error e) {
      throw e;
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
