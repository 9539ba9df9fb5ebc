package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.runtime.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for a container to end. */
final class ContainerEnd {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private ContainerEnd() {}

  /**
   * Ends a container and removes it, never while it runs: a build that died may have asked for its
   * start, and the engine may come to that only after the container was seen not to run.
   */
  static void awaitAndRemove(DockerClient client, String id, Runnable cause) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < deadline) {
      await(client, id, cause);
      try {
        client.removeContainerCmd(id).withRemoveVolumes(true).exec();
        return;
      } catch (NotFoundException e) {
        return;
      } catch (ConflictException e) {
        Readiness.sleep(20); // it runs after all, or is being removed
      }
    }
  }

  /**
   * Listens before {@code cause} has it end, so that the end cannot be missed; and causes it again
   * and again, because the kernel drops a signal to the first process of a container that does not
   * listen to it, as the script that starts the server does not.
   */
  private static void await(DockerClient client, String id, Runnable cause) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    try (WaitContainerResultCallback callback =
        client.waitContainerCmd(id).exec(new EndOrAbsence())) {
      do {
        cause.run();
        if (callback.awaitCompletion(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      } while (System.nanoTime() < deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EngineConnection.interrupted(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new DataspaceException(
        Reason.INFRASTRUCTURE,
        "The server in container %s has not stopped for %d minutes."
            .formatted(id, LONGEST.toMinutes()),
        "Look at it with 'docker logs', or remove the container.");
  }

  /** A build that died may have asked for its removal: it may be gone when the engine is asked. */
  private static final class EndOrAbsence extends WaitContainerResultCallback {

    @Override
    public void onError(Throwable failure) {
      if (failure instanceof NotFoundException) {
        onComplete();
      } else {
        super.onError(failure);
      }
    }
  }
}
