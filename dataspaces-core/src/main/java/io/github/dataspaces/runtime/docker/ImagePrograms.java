package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.runtime.ProgramPlace;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs programs of a server's image in a container of their own, in the network of this machine:
 * what is on its localhost is not on that of a server's container.
 *
 * @param image the server's image
 */
record ImagePrograms(Engine engine, Labels labels, String image) implements ProgramPlace {

  private static final Duration LONGEST = Duration.ofHours(1);

  /** Told when it is run and not before: whoever inspects the container sees no password. */
  @Override
  public CommandResult run(List<String> command, Map<String, String> environment, OutputStream out)
      throws IOException {
    DockerClient client = engine.client();
    String container = start(client);
    try {
      return new ContainerExec(client, container).run(command, environment, out);
    } finally {
      remove(client, container);
    }
  }

  private String start(DockerClient client) {
    try {
      String container =
          client
              .createContainerCmd(image)
              .withEntrypoint("sleep")
              .withCmd(String.valueOf(LONGEST.toSeconds()))
              .withLabels(labels.ofFiles())
              .withHostConfig(
                  HostConfig.newHostConfig().withNetworkMode("host").withAutoRemove(true))
              .exec()
              .getId();
      client.startContainerCmd(container).exec();
      return container;
    } catch (DockerException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The engine could not start a container of '%s': %s.".formatted(image, Engine.reason(e)),
          "",
          e);
    }
  }

  private static void remove(DockerClient client, String container) {
    try {
      client.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException e) {
      // it has ended by itself
    }
  }
}
