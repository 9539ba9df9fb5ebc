package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.dataspaces.runtime.Readiness;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends containers at once and removes them. An engine takes as long for that as for a start, and
 * the next server need not wait for it: only until the port is free. Thread-safe.
 */
final class Endings {

  private static final Duration LONGEST_REMOVAL = Duration.ofSeconds(30);

  private final Engine engine;
  private final Map<String, Ending> begun = new ConcurrentHashMap<>();

  Endings(Engine engine) {
    this.engine = engine;
  }

  /**
   * A container that is being ended.
   *
   * @param id its id
   * @param ended done when it has ended and its port is free
   * @param removed done when it has gone
   */
  private record Ending(
      String id, CompletableFuture<Void> ended, CompletableFuture<Void> removed) {}

  /** Begins to end the container of a server; returns at once. */
  void begin(String server, String id) {
    CompletableFuture<Void> ended =
        CompletableFuture.runAsync(
            () -> kill(id), task -> new Thread(task, "ending " + server).start());
    begun.put(server, new Ending(id, ended, ended.thenRun(() -> remove(id))));
  }

  /** Whether this process is ending that container. */
  boolean isEnding(String id) {
    return begun.values().stream().anyMatch(ending -> ending.id().equals(id));
  }

  /** Waits until a server's container, if one is being ended, has let go of its port. */
  void awaitEnd(String server) {
    Optional.ofNullable(begun.get(server)).ifPresent(ending -> await(ending.ended()));
  }

  /** Waits until it has gone as well; says whether there was one. */
  boolean awaitRemoval(String server) {
    Optional<Ending> ending = Optional.ofNullable(begun.remove(server));
    ending.ifPresent(last -> await(last.removed()));
    return ending.isPresent();
  }

  private static void await(CompletableFuture<Void> future) {
    try {
      future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private void kill(String id) {
    DockerClient client = engine.client();
    try {
      client.killContainerCmd(id).exec();
      // the engine answers before it has freed the port, and this question only afterwards
      client.inspectContainerCmd(id).exec();
    } catch (NotFoundException | ConflictException e) {
      // it has ended by itself
    }
  }

  /** Ends a container at once and waits until it has gone. */
  void remove(String id) {
    DockerClient client = engine.client();
    try {
      client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException e) {
      // it has gone by itself
    } catch (ConflictException e) {
      awaitAnothersRemoval(id);
    }
  }

  /**
   * The engine is removing it already, for a build that may have died; until then it has its name.
   */
  private void awaitAnothersRemoval(String id) {
    long deadline = System.nanoTime() + LONGEST_REMOVAL.toNanos();
    while (exists(id) && System.nanoTime() < deadline) {
      Readiness.sleep(20);
    }
  }

  private boolean exists(String id) {
    try {
      engine.client().inspectContainerCmd(id).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }
}
