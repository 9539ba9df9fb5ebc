package io.github.dataspaces.runtime.embedded;

import io.github.dataspaces.config.ArtifactResolver;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.NativeRecipe;
import io.github.dataspaces.flavour.NativeRecipe.Place;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.HostCommands;
import io.github.dataspaces.process.Interactive;
import io.github.dataspaces.process.Platform;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs servers as native processes that outlive the build and listen on the loopback interface
 * only.
 */
public final class EmbeddedRuntime implements DatabaseRuntime {

  /** What users call it. */
  public static final String NAME = "embedded";

  private static final String FILES = "files";
  private static final String TEMPORARY = "temporary";
  private static final String HOST = "127.0.0.1";

  /** Not the locale of whoever starts the build. */
  private static final Map<String, String> LOCALE = Map.of("LC_ALL", "C", "LANG", "C");

  private final Home home;
  private final Binaries binaries;
  private final HostCommands commands = new HostCommands();
  private final ServerProcess processes;
  private final Lazy<Privileges> privileges = new Lazy<>(() -> Privileges.detect(commands));

  /** Native servers of a home. */
  public EmbeddedRuntime(Home home, Locks locks, ArtifactResolver resolver) {
    this.home = home;
    this.processes = new ServerProcess(commands, home.runtimes());
    this.binaries = new Binaries(home, locks, resolver);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> unavailable() {
    try {
      privileges.get();
      return Optional.empty();
    } catch (DataspaceException e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public ServerEdition edition(EditionRequest request) {
    requirePlainHome();
    Binaries.Unpacked unpacked =
        binaries.find(request.flavour(), recipe(request.flavour()), request.version());
    String artifact = unpacked.folder().getFileName().toString();
    return new ServerEdition(artifact, artifact, unpacked.version());
  }

  /** The servers' own programs hand their paths to a shell. */
  private void requirePlainHome() {
    String path = home.root().toString();
    if (Platform.current().posix() && path.chars().anyMatch(c -> "\"$`\\".indexOf(c) >= 0)) {
      throw new DataspaceException(
          Reason.INVALID,
          "Native servers cannot run in the home %s, because of the special characters in its path."
              .formatted(path),
          "Give another with DATASPACES_HOME or -Ddataspaces.home, or use runtime=docker.");
    }
  }

  @Override
  public void initialise(Server server) {
    Place place = place(server);
    makeFolder(place.files());
    makeFolder(place.temporary());
    privileges.get().handOver(server.data()).ifPresent(command -> mustRun(server, command));
    String told = recipe(server).secret(place, server.credentials());
    try (SecretFile secret = SecretFile.with(told, server.data())) {
      privileges.get().handOver(secret.path()).ifPresent(handOver -> mustRun(server, handOver));
      List<String> command =
          recipe(server)
              .initialise(place, server.credentials(), secret.path(), server.edition().version());
      CommandResult result =
          commands.run(privileges.get().wrap(command), environment(server), secret.path());
      if (!result.ok()) {
        throw notMade(server, result);
      }
    }
    createDatabase(server);
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataspaceException notMade(Server server, CommandResult result) {
    String flavour = server.flavour().name();
    return MissingLibrary.in(result.output())
        .map(library -> library.of(flavour))
        .orElseGet(
            () ->
                new DataspaceException(
                    Reason.INFRASTRUCTURE,
                    "A new %s server could not be made: %s".formatted(flavour, result.lastLines()),
                    "Check the home's free space and permissions."));
  }

  /** Files that were made before there was one have none. */
  private void makeTemporaryFolder(Server server) {
    Path folder = place(server).temporary();
    if (Files.notExists(folder)) {
      makeFolder(folder);
      privileges.get().handOver(folder).ifPresent(command -> mustRun(server, command));
    }
  }

  private void createDatabase(Server server) {
    List<String> statements = recipe(server).createDatabase(server.credentials());
    if (statements.isEmpty()) {
      return;
    }
    RunningDatabase database = start(server, recipe(server).initialDatabase());
    try {
      database.execute(recipe(server).initialDatabase(), statements);
    } finally {
      stop(server, true);
    }
  }

  @Override
  public RunningDatabase start(Server server) {
    return start(server, server.credentials().database());
  }

  private RunningDatabase start(Server server, String database) {
    outsideFiles(server).ifPresent(OutsideFiles::own);
    List<String> arguments = server.arguments();
    NativeRecipe.Launch launch =
        recipe(server).launch(place(server), server.port(), server.log(), arguments);
    clearAfterCrash(server);
    makeTemporaryFolder(server);
    ServerLog log = new ServerLog(server.log());
    log.startAfresh();
    launch(server, launch);
    // for a moment there is no process file yet; the log says why if there never is one
    return new Readiness(() -> log.young() || pid(server).isPresent(), log::lines)
        .await(server, List.of(running(server)), database);
  }

  private void launch(Server server, NativeRecipe.Launch launch) {
    List<String> command = privileges.get().wrap(launch.command());
    if (launch.detaches()) {
      mustRun(server, command);
    } else {
      commands.launch(command, environment(server), place(server).files(), server.log());
    }
  }

  @Override
  public ServerState state(Server server) {
    OptionalLong pid = pid(server);
    if (pid.isEmpty()) {
      return ServerState.STOPPED;
    }
    return processes.isFrozen(pid.getAsLong()) ? ServerState.PAUSED : ServerState.RUNNING;
  }

  @Override
  public RunningDatabase running(Server server) {
    return new RunningDatabase(
        server.flavour(), new Address(HOST, server.port(), server.credentials()));
  }

  @Override
  public void stop(Server server, boolean clean) {
    OptionalLong pid = pid(server);
    if (pid.isPresent()) {
      processes.thaw(pid.getAsLong());
      List<String> command = recipe(server).stop(place(server), pid.getAsLong(), clean);
      CommandResult result = run(server, privileges.get().wrap(command));
      // one that is stopping already may be gone by now
      if (!result.ok() && pid(server).isPresent()) {
        throw failed(command, result);
      }
      processes.awaitEnd(server.name(), pid.getAsLong());
    } else {
      clearAfterCrash(server);
    }
  }

  /**
   * Ends what a killed server has left: frozen children that nobody would thaw, and the note of a
   * process that is gone.
   */
  private void clearAfterCrash(Server server) {
    Path files = place(server).files();
    Path note = recipe(server).processFile(files);
    if (Files.exists(note) && pid(server).isEmpty()) {
      processes.endWorkingIn(files);
      try {
        Files.deleteIfExists(note);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void pause(Server server) {
    pid(server).ifPresent(processes::freeze);
  }

  @Override
  public void resume(Server server) {
    pid(server).ifPresent(processes::thaw);
  }

  @Override
  public DirectoryStorage storage(ServerEdition edition) {
    return DirectoryStorage.own();
  }

  @Override
  public void beforeCloning(Server server) {
    outsideFiles(server).ifPresent(files -> files.gather(storage(server.edition())));
  }

  @Override
  public void beforeDeleting(Server server, Optional<Server> successor) {
    outsideFiles(server)
        .ifPresent(
            files ->
                files.release(
                    storage(server.edition()), successor.flatMap(EmbeddedRuntime::outsideFiles)));
  }

  private static Optional<OutsideFiles> outsideFiles(Server server) {
    Path files = server.data().resolve(FILES);
    return server
        .flavour()
        .linkFolder()
        .map(links -> new OutsideFiles(server.data(), files.resolve(links)));
  }

  @Override
  public void endLeftover(Path data) {
    processes.endWorkingOn(data, data.resolve(FILES));
  }

  @Override
  public void endAbandonedWork() {
    // it is found by the folder it works on, and ended with that
  }

  @Override
  public List<Path> sweepShared() {
    return binaries.sweep();
  }

  @Override
  public void releaseShared() {
    // native servers share nothing
  }

  @Override
  public List<String> endOrphans(List<String> known, boolean dryRun) {
    // a native server's files are in its dataspace's folder, and are found with it
    return List.of();
  }

  @Override
  public ProgramPlace programs(ServerEdition edition, Flavour flavour) {
    return new NativePrograms(home.runtime(edition.contentId()), flavour);
  }

  @Override
  public Interactive client(Server server, Optional<String> command) {
    RunningDatabase database = running(server);
    String program = server.flavour().client(database.address()).get(0);
    return NativeClient.of(database, tool(server, program), command);
  }

  @Override
  public DumpTool dumpTool(Server server) {
    return NativeTools.dump(
        running(server),
        server.edition().version(),
        tool(server, server.flavour().dumps().program()),
        environment(server));
  }

  private Optional<Path> tool(Server server, String name) {
    return recipe(server).tool(place(server).programs(), name);
  }

  @Override
  public Interactive shell(Server server, Optional<String> command) {
    return NativeClient.shell(running(server), home.dataspace(server.name()), command);
  }

  private OptionalLong pid(Server server) {
    return recipe(server).pid(place(server).files());
  }

  private Place place(Server server) {
    return new Place(
        home.runtime(server.edition().contentId()),
        server.data().resolve(FILES),
        server.data().resolve(TEMPORARY));
  }

  private static Map<String, String> environment(Server server) {
    Map<String, String> environment = new HashMap<>(LOCALE);
    environment.putAll(recipe(server).environment());
    return environment;
  }

  private CommandResult run(Server server, List<String> command) {
    return commands.run(command, environment(server));
  }

  private void mustRun(Server server, List<String> command) {
    CommandResult result = run(server, command);
    if (!result.ok()) {
      throw failed(command, result);
    }
  }

  private static DataspaceException failed(List<String> command, CommandResult result) {
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "'%s' failed: %s".formatted(Path.of(command.get(0)).getFileName(), result.lastLines()),
        "");
  }

  private static NativeRecipe recipe(Server server) {
    return recipe(server.flavour());
  }

  private static NativeRecipe recipe(Flavour flavour) {
    return flavour
        .nativeServer()
        .orElseThrow(
            () ->
                new DataspaceException(
                    Reason.INVALID,
                    "There are no native programs of %s.".formatted(flavour.name()),
                    "Use runtime=docker."));
  }
}
