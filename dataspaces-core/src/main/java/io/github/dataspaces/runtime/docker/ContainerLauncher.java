package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.flavour.ContainerRecipe;
import io.github.dataspaces.runtime.LocalPort;
import io.github.dataspaces.runtime.Server;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes and starts the container of a server. */
final class ContainerLauncher {

  /** In the engine's own words, who sees no port of a server in the machine's network. */
  private static final String PORT_TAKEN = "address already in use";

  private static final long SHARED_MEMORY = 256L * 1024 * 1024;

  private final Engine engine;
  private final Labels labels;
  private final HomeNetwork network;
  private final HostNetwork hostNetwork;

  ContainerLauncher(Engine engine, Labels labels, HomeNetwork network, HostNetwork hostNetwork) {
    this.engine = engine;
    this.labels = labels;
    this.network = network;
    this.hostNetwork = hostNetwork;
  }

  /**
   * The id of a new container that has not been started.
   *
   * @param clearTheWay removes what has the server's name and is in the way
   */
  String create(Server server, Runnable clearTheWay) {
    clearTheWay.run();
    try {
      return createTwice(server, clearTheWay);
    } catch (DockerException e) {
      throw refused(server, e);
    }
  }

  private String createTwice(Server server, Runnable clearTheWay) {
    try {
      return create(server);
    } catch (ConflictException e) {
      // a build that died may have asked for one that the engine made only now
      clearTheWay.run();
      return create(server);
    }
  }

  /** Starts a container; it is removed if it cannot be. */
  String start(Server server, String id) {
    try {
      if (hostNetwork.isFor(server.port()) && !LocalPort.isFree(server.port())) {
        throw new DockerException(PORT_TAKEN, 500);
      }
      engine.client().startContainerCmd(id).exec();
      return id;
    } catch (DockerException e) {
      engine.client().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
      throw refused(server, e);
    }
  }

  private String create(Server server) {
    ContainerRecipe recipe = server.flavour().container();
    List<String> environment =
        recipe.environment().apply(server.credentials()).entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .toList();
    CreateContainerCmd container =
        engine
            .client()
            .createContainerCmd(server.edition().source())
            .withName(nameOf(server))
            .withLabels(labels.of(server.name(), server.data()))
            .withEnv(environment)
            .withHostConfig(hostConfig(server, recipe));
    List<String> arguments = new ArrayList<>(server.arguments());
    if (hostNetwork.isFor(server.port())) {
      arguments.addAll(recipe.listen().apply(server.port()));
    } else {
      container.withExposedPorts(ExposedPort.tcp(recipe.port()));
    }
    setProgram(container, server, arguments);
    return container.exec().getId();
  }

  /** With the data's name in it, because the container before it may not have gone yet. */
  private String nameOf(Server server) {
    return "%s-%s-%s".formatted(network.name(), server.name(), server.data().getFileName());
  }

  private static void setProgram(
      CreateContainerCmd container, Server server, List<String> arguments) {
    ContainerRecipe recipe = server.flavour().container();
    boolean initialised = Files.isDirectory(server.data().resolve(recipe.files()));
    Optional<List<String>> restart = recipe.restart().filter(program -> initialised);
    if (restart.isPresent()) {
      container.withEntrypoint(restart.get()).withCmd(arguments);
    } else {
      List<String> command = new ArrayList<>(recipe.command());
      command.addAll(arguments);
      container.withCmd(command);
    }
  }

  private HostConfig hostConfig(Server server, ContainerRecipe recipe) {
    HostConfig config =
        HostConfig.newHostConfig()
            .withShmSize(SHARED_MEMORY)
            .withMounts(
                List.of(
                    new Mount()
                        .withType(MountType.BIND)
                        .withSource(server.data().toString())
                        .withTarget(recipe.mount())));
    return hostNetwork.isFor(server.port())
        ? config.withNetworkMode(hostNetwork.name())
        : published(config, server, recipe);
  }

  private HostConfig published(HostConfig config, Server server, ContainerRecipe recipe) {
    // an engine of this machine is reached from this machine only
    String publishedOn = engine.remoteHost().isPresent() ? "0.0.0.0" : "127.0.0.1";
    return config
        .withNetworkMode(network.require())
        .withPortBindings(
            new PortBinding(
                Ports.Binding.bindIpAndPort(publishedOn, server.port()),
                ExposedPort.tcp(recipe.port())));
  }

  /** The container's own address in its network. */
  Optional<String> address(String id) {
    return engine
        .client()
        .inspectContainerCmd(id)
        .exec()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .stream()
        .map(ContainerNetwork::getIpAddress)
        .filter(address -> address != null && !address.isEmpty())
        .findFirst();
  }

  private static DataspaceException refused(Server server, DockerException e) {
    String words = Engine.reason(e);
    boolean portTaken = words.contains(PORT_TAKEN) || words.contains("port is already allocated");
    String remedy = "";
    if (words.contains("bind source path does not exist")) {
      remedy =
          "The engine does not see the files of this machine: use one of this machine, a home that it shares (DATASPACES_HOME), or runtime=embedded.";
    } else if (portTaken) {
      remedy =
          "Another program listens on port %d: end it, or choose another port."
              .formatted(server.port());
    }
    return new DataspaceException(
        portTaken ? Reason.WRONG_STATE : Reason.INFRASTRUCTURE,
        "The engine could not start the container of '%s': %s.".formatted(server.name(), words),
        remedy,
        e);
  }
}
