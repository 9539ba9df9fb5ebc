package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Info;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The network of the machine that the engine is on. Servers in it start and stop in a third of the
 * time, since the engine has nothing to connect, and nothing stands between them and those who use
 * them. Only where it is the network of this process: an engine in a virtual machine, of another
 * machine, or of a user, has another.
 */
final class HostNetwork {

  private static final String NAME = "host";

  /** Below that only root may listen, which servers are not. */
  private static final int FIRST_FOR_ALL = 1024;

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** An engine that has its own users has its own network, or refuses to share that of others. */
  private static final List<String> APART = List.of("name=rootless", "name=userns");

  private final Engine engine;
  private Optional<Boolean> used;

  /**
   * @param wanted whether it is used where it can be
   */
  HostNetwork(Engine engine, boolean wanted) {
    this.engine = engine;
    this.used = wanted ? Optional.empty() : Optional.of(false);
  }

  /** Its name for an engine. */
  String name() {
    return NAME;
  }

  /** Whether a container is in it. */
  static boolean has(Container container) {
    return NAME.equals(container.getHostConfig().getNetworkMode());
  }

  /** Whether a server with that port is to be in it. */
  synchronized boolean isFor(int port) {
    boolean known = used.orElseGet(this::isOurs);
    used = Optional.of(known);
    return known && port >= FIRST_FOR_ALL;
  }

  private boolean isOurs() {
    if (engine.remoteHost().isPresent() || !Files.exists(HOST_NAME)) {
      return false;
    }
    return isOurs(engine.ask(client -> client.infoCmd().exec()), System.getProperty("os.version"));
  }

  /**
   * Whether an engine runs beside this process.
   *
   * @param info what it tells of its machine
   * @param kernel the version of this machine's
   */
  static boolean isOurs(Info info, String kernel) {
    Stream<String> options =
        Optional.ofNullable(info.getSecurityOptions()).orElse(List.of()).stream();
    // a process in a container has another host name, unless it is in that network too
    return kernel.equals(info.getKernelVersion())
        && hostName().equals(info.getName())
        && options.noneMatch(option -> APART.stream().anyMatch(option::startsWith));
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
