package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.model.Container;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.process.ExternalTool;
import io.github.dataspaces.process.Interactive;
import io.github.dataspaces.runtime.DumpTool;
import io.github.dataspaces.runtime.RunningDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The engine's own programs in a server's container. Those that a person talks to are run by the
 * docker command, which knows terminals best.
 */
final class DockerCli {

  private static final ExternalTool DOCKER =
      new ExternalTool("docker", "opens programs in containers", "Install the docker command.");

  private DockerCli() {}

  static Interactive client(
      RunningDatabase database, Container container, Optional<String> command) {
    Address inside = inside(database, container);
    List<String> client = new ArrayList<>(database.flavour().client(inside));
    command.ifPresent(text -> client.addAll(database.flavour().clientCommand(text)));
    return exec(container, client, database.flavour().clientEnvironment(inside));
  }

  static Interactive shell(
      RunningDatabase database, Container container, Optional<String> command) {
    List<String> shell = new ArrayList<>(List.of("sh"));
    command.ifPresent(text -> shell.addAll(List.of("-c", text)));
    return exec(
        container, shell, database.flavour().clientEnvironment(inside(database, container)));
  }

  static DumpTool dumpTool(RunningDatabase database, Container container, Engine engine) {
    return new DumpTool(
        database.flavour(),
        database.flavour().dumps().program(),
        inside(database, container),
        new ContainerExec(engine.client(), container.getId()));
  }

  private static Address inside(RunningDatabase database, Container container) {
    int port =
        HostNetwork.has(container)
            ? database.address().port()
            : database.flavour().container().port();
    return new Address("127.0.0.1", port, database.address().credentials());
  }

  private static Interactive exec(
      Container container, List<String> program, Map<String, String> environment) {
    if (DOCKER.find().isEmpty()) {
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "The docker command is not on this machine.",
          DOCKER.remedy() + " Or connect another tool with: mvn dataspaces:env");
    }
    List<String> line = new ArrayList<>(List.of("docker", "exec", "--interactive"));
    if (System.console() != null) {
      line.add("--tty");
    }
    // the names only: docker takes the values from its own environment, and the process list shows
    // no password
    environment.keySet().forEach(name -> line.addAll(List.of("--env", name)));
    line.add(container.getId());
    line.addAll(program);
    return new Interactive(line, environment);
  }
}
