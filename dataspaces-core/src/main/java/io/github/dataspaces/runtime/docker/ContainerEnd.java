package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Waits for a container to end. */
final class ContainerEnd {

  private static final int LONGEST_SECONDS = 300;

  private ContainerEnd() {}

  /** Listens before {@code cause} has it end, so that the end cannot be missed. */
  static void await(DockerClient client, String id, Runnable cause) {
    try (WaitContainerResultCallback callback =
        client.waitContainerCmd(id).exec(new WaitContainerResultCallback())) {
      cause.run();
      callback.awaitStatusCode(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (com.github.dockerjava.api.exception.DockerClientException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The server in container %s has not stopped for %d minutes."
              .formatted(id, LONGEST_SECONDS / 60),
          "Look at it with 'docker logs', or remove the container.",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
