package io.github.dataspaces.home;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Named locks that hold between threads, class loaders and processes: a lock of this JVM, then a
 * lock of the file.
 *
 * <p>Both are needed. File locks belong to the process, and on POSIX systems closing any channel of
 * a file gives up the process's lock of it, so a second channel must not even be opened while
 * another thread holds the first. The JVM's half is kept in the system properties because Maven
 * loads a plugin, and so this class, more than once in one JVM.
 */
public final class Locks {

  private static final String REGISTRY = "io.github.dataspaces.locks";
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Home home;

  /** The locks of a home. */
  public Locks(Home home) {
    this.home = home;
  }

  /** A lock that is held; give it back by closing it. Not reentrant. */
  public static final class Held implements AutoCloseable {

    private final Semaphore permit;
    private final FileChannel channel;

    private Held(Semaphore permit, FileChannel channel) {
      this.permit = permit;
      this.channel = channel;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw broken(e);
      } finally {
        permit.release();
      }
    }
  }

  /**
   * Waits for a lock.
   *
   * @throws DataspaceException {@link Reason#WRONG_STATE} after ten minutes
   */
  public Held acquire(String name) {
    return acquire(name, LONGEST_WAIT)
        .orElseThrow(
            () ->
                new DataspaceException(
                    Reason.WRONG_STATE,
                    "Another build has been working on '%s' for %d minutes."
                        .formatted(name, LONGEST_WAIT.toMinutes()),
                    "Wait for it, or end it, and run this again."));
  }

  /** Takes a lock if nobody holds it. */
  public Optional<Held> tryAcquire(String name) {
    return acquire(name, Duration.ZERO);
  }

  private Optional<Held> acquire(String name, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Semaphore permit = permit(home.lock(name).toString());
    try {
      if (!permit.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
      Optional<Held> held = Optional.empty();
      try {
        held = lockFile(name, permit, deadline);
        return held;
      } finally {
        if (held.isEmpty()) {
          permit.release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataspaceException(
          Reason.WRONG_STATE, "Interrupted while waiting for '%s'.".formatted(name), "", e);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private Optional<Held> lockFile(String name, Semaphore permit, long deadline)
      throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(home.lock(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Optional<Held> held = Optional.empty();
    try {
      long pause = 1;
      do {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          held = Optional.of(new Held(permit, channel));
          return held;
        }
        // polled, because a blocking lock() cannot be given a deadline
        Thread.sleep(pause);
        pause = Math.min(20, pause * 2);
      } while (System.nanoTime() < deadline);
      return held;
    } finally {
      if (held.isEmpty()) {
        channel.close();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Semaphore permit(String path) {
    Map<String, Semaphore> permits =
        (Map<String, Semaphore>)
            System.getProperties()
                .computeIfAbsent(REGISTRY, key -> new ConcurrentHashMap<String, Semaphore>());
    return permits.computeIfAbsent(path, key -> new Semaphore(1, true));
  }

  private static DataspaceException broken(IOException e) {
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "A lock in the home failed: %s.".formatted(Reasons.of(e)),
        "Check that the home can be written and is on a file system with locks.",
        e);
  }
}
