package io.github.dataspaces.runtime.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Progress;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.ContainerRecipe.Administrator;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.process.CommandRunner;
import io.github.dataspaces.process.HostCommands;
import io.github.dataspaces.process.Interactive;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.DumpTool;
import io.github.dataspaces.runtime.EditionRequest;
import io.github.dataspaces.runtime.ProgramPlace;
import io.github.dataspaces.runtime.Readiness;
import io.github.dataspaces.runtime.RunningDatabase;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.ServerEdition;
import io.github.dataspaces.runtime.ServerState;
import io.github.dataspaces.storage.DirectoryStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Runs servers in containers. A container is no more than the running process: it is made when the
 * server starts and removed when it stops. The data is a folder of the home, mounted into it.
 */
public final class DockerRuntime implements DatabaseRuntime, AutoCloseable {

  /** What users call it. */
  public static final String NAME = "docker";

  private final Home home;
  private final Engine engine = new Engine();
  private final Images images;
  private final Endings endings = new Endings(engine);
  private final Labels labels;
  private final HomeNetwork network;
  private final ContainerLauncher launcher;
  private final Map<String, FileContainer> files = new ConcurrentHashMap<>();

  /**
   * Containers of a home.
   *
   * @param publishing whether they publish their ports even where they need not
   */
  public DockerRuntime(Home home, Locks locks, Progress progress, boolean publishing) {
    this.home = home;
    this.images = new Images(engine, progress);
    this.labels = new Labels(home);
    this.network = new HomeNetwork(engine, home, locks, labels);
    this.launcher =
        new ContainerLauncher(engine, labels, network, new HostNetwork(engine, !publishing));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> unavailable() {
    return engine.unavailable();
  }

  @Override
  public ServerEdition edition(EditionRequest request) {
    engine.require();
    String version =
        request.version().isEmpty() ? request.flavour().defaultVersion() : request.version();
    String reference =
        request.image().orElseGet(() -> request.flavour().container().image().apply(version));
    return new ServerEdition(reference, images.require(reference), version);
  }

  @Override
  public void initialise(Server server) {
    // the image makes the database when it finds no files
    RunningDatabase database = start(server);
    server
        .flavour()
        .container()
        .administrator()
        .ifPresent(administrator -> empowerOwner(database, administrator));
    stop(server, true);
  }

  private static void empowerOwner(RunningDatabase database, Administrator administrator) {
    Credentials owner = database.address().credentials();
    database
        .as(new Credentials(owner.database(), administrator.username(), owner.password()))
        .execute(owner.database(), administrator.empower().apply(owner));
  }

  @Override
  public RunningDatabase start(Server server) {
    engine.require();
    images.require(server.edition().source());
    String id = launch(server);
    ContainerLog log = new ContainerLog(engine, id);
    RunningDatabase database =
        new Readiness(() -> isRunning(id), log::lines)
            .await(server, addresses(server, id), server.credentials().database());
    requireMounted(server);
    return database;
  }

  private String launch(Server server) {
    String id = launcher.create(server, () -> clearTheWay(server));
    endings.awaitEnd(server.name());
    try {
      return launcher.start(server, id);
    } catch (DataspaceException e) {
      if (!endings.awaitRemoval(server.name())) {
        throw e;
      }
      // the one before it may have had the port a moment longer
      return launcher.start(server, launcher.create(server, () -> clearTheWay(server)));
    }
  }

  /**
   * Removes what has the server's name and does not serve its data: one that has ended by itself,
   * one that a build left that died. A running one is never taken away.
   */
  private void clearTheWay(Server server) {
    containers(labels.named(server.name())).stream()
        .filter(container -> !endings.isEnding(container.getId()))
        .filter(
            container ->
                !List.of("running", "paused").contains(container.getState())
                    || !server.data().toString().equals(container.getLabels().get(Labels.DATA)))
        .forEach(this::remove);
  }

  /** An engine on another machine mounts a folder of its own, and says nothing of it. */
  private void requireMounted(Server server) {
    if (!Files.isDirectory(server.data().resolve(server.flavour().container().files()))) {
      remove(server);
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The Docker engine does not see the files of this machine: %s is empty."
              .formatted(server.data()),
          "Use an engine of this machine, a home that it shares (DATASPACES_HOME), or runtime=embedded.");
    }
  }

  @Override
  public ServerState state(Server server) {
    return container(server.data())
        .map(
            container ->
                switch (String.valueOf(container.getState())) {
                  case "running" -> ServerState.RUNNING;
                  case "paused" -> ServerState.PAUSED;
                  default -> ServerState.STOPPED;
                })
        .orElse(ServerState.STOPPED);
  }

  @Override
  public RunningDatabase running(Server server) {
    return at(server, engine.remoteHost().orElse("127.0.0.1"), server.port());
  }

  private List<RunningDatabase> addresses(Server server, String id) {
    // in a container beside the engine's socket, the published port is not on this host; the
    // container's own address may be reachable
    Stream<RunningDatabase> published = Stream.of(running(server));
    Stream<RunningDatabase> direct =
        launcher
            .address(id)
            .map(host -> at(server, host, server.flavour().container().port()))
            .stream();
    return Files.exists(Path.of("/.dockerenv"))
        ? Stream.concat(published, direct).toList()
        : published.toList();
  }

  private static RunningDatabase at(Server server, String host, int port) {
    return new RunningDatabase(server.flavour(), new Address(host, port, server.credentials()));
  }

  @Override
  public void stop(Server server, boolean clean) {
    Optional<Container> found = container(server.data());
    if (found.isEmpty()) {
      return;
    }
    String id = found.get().getId();
    if (!clean) {
      endings.begin(server.name(), id);
      return;
    }
    if (!"exited".equals(found.get().getState())) {
      resume(server);
      requireAllMounted(server);
      ContainerEnd.awaitAndRemove(
          engine.client(), id, () -> signal(id, server.flavour().container().stopSignal()));
    }
    remove(server);
  }

  /** A container's own files go with it. */
  private void requireAllMounted(Server server) {
    String mount = server.flavour().container().mount() + "/";
    Path files = server.data().resolve(server.flavour().container().files());
    List<String> elsewhere =
        server.flavour().linkFolder().stream()
            .flatMap(folder -> storage(server.edition()).links(files.resolve(folder)).stream())
            .filter(path -> path.startsWith("/") && !path.startsWith(mount))
            .toList();
    if (!elsewhere.isEmpty()) {
      throw new DataspaceException(
          Reason.WRONG_STATE,
          "Dataspace '%s' keeps files in its container at %s: they would be lost when it stops."
              .formatted(server.name(), String.join(", ", elsewhere)),
          "Move them to a folder under %s, or drop them.".formatted(mount));
    }
  }

  @Override
  public void pause(Server server) {
    container(server.data())
        .ifPresent(container -> engine.client().pauseContainerCmd(container.getId()).exec());
  }

  @Override
  public void resume(Server server) {
    container(server.data())
        .filter(container -> "paused".equals(container.getState()))
        .ifPresent(container -> engine.client().unpauseContainerCmd(container.getId()).exec());
  }

  @Override
  public DirectoryStorage storage(ServerEdition edition) {
    CommandRunner runner =
        ownsEverything()
            ? new HostCommands()
            : files.computeIfAbsent(
                edition.source(), image -> new FileContainer(engine, home, labels, image));
    return new DirectoryStorage(runner);
  }

  /**
   * Root may touch the files of any user; an engine of another user namespace maps them to users
   * that only root may.
   */
  private boolean ownsEverything() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(home.root(), "unix:uid"))
          && "root".equals(System.getProperty("user.name"));
    } catch (java.io.IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  @Override
  public void beforeCloning(Server server) {
    // what is outside of the data directory has been found before the container was stopped
  }

  @Override
  public void beforeDeleting(Server server, Optional<Server> successor) {
    endings.awaitRemoval(server.name());
  }

  @Override
  public void endLeftover(Path data) {
    if (unavailable().isEmpty()) {
      containers(labels.of(data)).forEach(this::remove);
    }
  }

  @Override
  public void endAbandonedWork() {
    if (unavailable().isEmpty()) {
      containers(labels.ofHome()).stream()
          .filter(container -> container.getLabels().containsKey(Labels.PROCESS))
          .filter(container -> Labels.areOrphans(container.getLabels(), List.of()))
          .forEach(this::remove);
    }
  }

  @Override
  public List<Path> sweepShared() {
    return List.of(); // the engine's business
  }

  @Override
  public void releaseShared() {
    if (unavailable().isEmpty()) {
      network.release();
    }
  }

  @Override
  public List<String> endOrphans(List<String> known, boolean dryRun) {
    if (unavailable().isPresent()) {
      return List.of();
    }
    List<Container> orphans =
        containers(labels.ofHome()).stream()
            .filter(container -> Labels.areOrphans(container.getLabels(), known))
            .toList();
    if (!dryRun) {
      orphans.forEach(this::remove);
    }
    return orphans.stream()
        .map(container -> "container " + String.join(" ", container.getNames()))
        .toList();
  }

  @Override
  public ProgramPlace programs(ServerEdition edition, Flavour flavour) {
    return new ImagePrograms(engine, labels, edition.source());
  }

  @Override
  public Interactive client(Server server, Optional<String> command) {
    return DockerCli.client(running(server), containerOf(server), command);
  }

  @Override
  public Interactive shell(Server server, Optional<String> command) {
    return DockerCli.shell(running(server), containerOf(server), command);
  }

  @Override
  public DumpTool dumpTool(Server server) {
    return DockerCli.dumpTool(running(server), containerOf(server), engine);
  }

  @Override
  public void close() {
    files.values().forEach(FileContainer::close);
    engine.close();
  }

  private Container containerOf(Server server) {
    return container(server.data()).orElseThrow();
  }

  /** Fails where no engine answers: a container may go on without one, so nobody knows. */
  private Optional<Container> container(Path data) {
    engine.require();
    return containers(labels.of(data)).stream().findFirst();
  }

  private List<Container> containers(Map<String, String> having) {
    return engine.ask(
        client -> client.listContainersCmd().withShowAll(true).withLabelFilter(having).exec());
  }

  private boolean isRunning(String id) {
    try {
      return Boolean.TRUE.equals(
          engine.client().inspectContainerCmd(id).exec().getState().getRunning());
    } catch (NotFoundException e) {
      return false;
    }
  }

  private void signal(String id, String signal) {
    try {
      engine.client().killContainerCmd(id).withSignal(signal).exec();
    } catch (ConflictException | NotModifiedException | NotFoundException e) {
      // it has ended by itself
    }
  }

  private void remove(Server server) {
    containers(labels.of(server.data())).forEach(this::remove);
  }

  private void remove(Container container) {
    endings.remove(container.getId());
  }
}
