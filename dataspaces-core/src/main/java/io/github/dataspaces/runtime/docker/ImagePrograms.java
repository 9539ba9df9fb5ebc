package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.StreamType;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.process.CommandResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs programs of a server's image in a container of their own, in the network of this machine:
 * what is on its localhost is not on that of a server's container.
 *
 * @param image the server's image
 */
record ImagePrograms(Engine engine, Labels labels, String image) {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int ATTEMPTS = 200;
  private static final int PAUSE_MILLIS = 10;

  CommandResult run(List<String> command, Map<String, String> environment, Path output) {
    DockerClient client = engine.client();
    String container = start(client);
    try (OutputStream out = Files.newOutputStream(output)) {
      // told when it is run and not before: whoever inspects the container sees no password
      String exec =
          client
              .execCreateCmd(container)
              .withCmd(command.toArray(String[]::new))
              .withEnv(
                  environment.entrySet().stream()
                      .map(variable -> variable.getKey() + "=" + variable.getValue())
                      .toList())
              .withAttachStdout(true)
              .withAttachStderr(true)
              .exec()
              .getId();
      Frames frames = new Frames(out);
      client.execStartCmd(exec).exec(frames).awaitCompletion();
      return new CommandResult(exitCode(client, exec), frames.said.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataspaceException(
          Reason.WRONG_STATE, "Interrupted while '%s' ran.".formatted(command.get(0)), "", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DockerException e) {
      throw failed(command, e);
    } finally {
      remove(client, container);
    }
  }

  /** The engine may hear of the end of a program a moment after that of its output. */
  private static int exitCode(DockerClient client, String exec) throws InterruptedException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Long exit = client.inspectExecCmd(exec).exec().getExitCodeLong();
      if (exit != null) {
        return exit.intValue();
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return 1; // its output was cut off
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
      throw failed(List.of("sleep"), e);
    }
  }

  private DataspaceException failed(List<String> command, DockerException e) {
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "The engine could not run '%s' in a container of '%s': %s."
            .formatted(command.get(0), image, Engine.reason(e)),
        "",
        e);
  }

  private static void remove(DockerClient client, String container) {
    try {
      client.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException e) {
      // it has ended by itself
    }
  }

  /** What it writes goes on; what it says beside that is kept. */
  private static final class Frames extends ResultCallback.Adapter<Frame> {

    private final OutputStream out;
    private final StringBuilder said = new StringBuilder();

    Frames(OutputStream out) {
      this.out = out;
    }

    @Override
    public void onNext(Frame frame) {
      if (frame.getStreamType() == StreamType.STDOUT) {
        try {
          out.write(frame.getPayload());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      } else {
        said.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
      }
    }
  }
}
