package io.github.dataspaces;

import io.github.dataspaces.home.Locks;
import io.github.dataspaces.process.BackgroundJava;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A process of its own that ends the servers that builds have left for later builds, once nobody
 * has asked for them for as long as they were to be kept, and those whose process has died. There
 * is one for a home at most; it ends when there is nothing left to wait for.
 */
final class Attendant {

  private static final String LOCK = ".attendant";
  private static final Duration ROUND = Duration.ofSeconds(5);

  private final Services services;

  Attendant(Services services) {
    this.services = services;
  }

  /**
   * The process.
   *
   * @param arguments the home
   */
  public static void main(String[] arguments) throws InterruptedException {
    try (Dataspaces dataspaces = Dataspaces.at(Path.of(arguments[0])).open()) {
      dataspaces.attend();
    }
  }

  /** Starts it, unless there is one. */
  static void ensure(Services services) {
    Optional<Locks.Held> free = services.locks().tryAcquire(LOCK);
    free.ifPresent(
        lock -> {
          lock.close();
          BackgroundJava.start(
              Attendant.class,
              services.home().root(),
              services.home().attendantLog(),
              services.home().root().toString());
        });
  }

  /** Works until there is nothing left. Returns at once if another does. */
  void work() throws InterruptedException {
    while (isNeeded()) {
      Optional<Locks.Held> lock = services.locks().tryAcquire(LOCK);
      if (lock.isEmpty()) {
        return;
      }
      try (Locks.Held held = lock.get()) {
        while (isNeeded()) {
          Thread.sleep(ROUND.toMillis());
          new Recovery(services).sweep();
          new Pruning(services).pruneIdle();
        }
      }
    }
  }

  private boolean isNeeded() {
    Store store = new Store(services);
    return store.names().stream().anyMatch(store::isPooled);
  }
}
