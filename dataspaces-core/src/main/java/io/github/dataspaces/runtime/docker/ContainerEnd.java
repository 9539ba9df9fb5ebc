package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
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
   * Listens before {@code cause} has it end, so that the end cannot be missed; and causes it again
   * and again, because the kernel drops a signal to the first process of a container that does not
   * listen to it, as the script that starts the server does not.
   */
  static void await(DockerClient client, String id, Runnable cause) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    try (WaitContainerResultCallback callback =
        client.waitContainerCmd(id).exec(new WaitContainerResultCallback())) {
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
}
