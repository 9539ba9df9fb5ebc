package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerResponse;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.CommandRunner;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs file commands in a short-lived container of the server's own image, as its root: the
 * server's files belong to the image's user, whom this process may have no right to stand in for.
 * The home is mounted at its own path, so paths need no translation.
 */
final class ContainerCommands implements CommandRunner {

  private final Engine engine;
  private final Home home;
  private final Labels labels;
  private final String image;

  ContainerCommands(Engine engine, Home home, Labels labels, String image) {
    this.engine = engine;
    this.home = home;
    this.labels = labels;
    this.image = image;
  }

  @Override
  public CommandResult run(List<String> command) {
    DockerClient client = engine.client();
    String root = home.root().toString();
    CreateContainerResponse container =
        client
            .createContainerCmd(image)
            .withEntrypoint(command.get(0))
            .withCmd(command.subList(1, command.size()))
            .withUser("0:0")
            .withLabels(labels.ofHome())
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withNetworkMode("none")
                    .withBinds(new Bind(root, new Volume(root))))
            .exec();
    try {
      client.startContainerCmd(container.getId()).exec();
      int exit =
          client
              .waitContainerCmd(container.getId())
              .exec(new WaitContainerResultCallback())
              .awaitStatusCode();
      return new CommandResult(exit, output(client, container.getId()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataspaceException(Reason.WRONG_STATE, "Interrupted while copying files.", "", e);
    } catch (com.github.dockerjava.api.exception.DockerException e) {
      // a program that the image lacks is an answer, not an accident
      return new CommandResult(127, Engine.reason(e));
    } finally {
      client.removeContainerCmd(container.getId()).withForce(true).withRemoveVolumes(true).exec();
    }
  }

  @Override
  public boolean has(String program) {
    return run(List.of(program, "--version")).ok();
  }

  @Override
  public boolean sameRights() {
    return false;
  }

  private static String output(DockerClient client, String container) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    client
        .logContainerCmd(container)
        .withStdOut(true)
        .withStdErr(true)
        .exec(
            new ResultCallback.Adapter<Frame>() {
              @Override
              public void onNext(Frame frame) {
                text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
              }
            })
        .awaitCompletion();
    return text.toString();
  }
}
