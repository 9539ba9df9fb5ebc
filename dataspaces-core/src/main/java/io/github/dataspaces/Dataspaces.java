package io.github.dataspaces;

import io.github.dataspaces.config.ArtifactResolver;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.Names;
import io.github.dataspaces.config.Progress;
import io.github.dataspaces.config.Settings;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.config.ToolLibraries;
import io.github.dataspaces.flavour.Flavours;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.docker.DockerRuntime;
import io.github.dataspaces.runtime.embedded.EmbeddedRuntime;
import io.github.dataspaces.snapshot.SnapshotCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All dataspaces of a home. Opening it first clears away what processes that died have left
 * half-made, and logs what it did.
 *
 * <p>Thread-safe; several processes may use one home at once.
 */
public final class Dataspaces implements AutoCloseable {

  private final Services services;
  private final DockerRuntime docker;

  private Dataspaces(Services services, DockerRuntime docker) {
    this.services = services;
    this.docker = docker;
  }

  /** Begins to open the home in that folder. */
  public static Builder at(Path home) {
    return new Builder(home);
  }

  /** What a home is opened with. */
  public static final class Builder {

    private final Path home;
    private ArtifactResolver artifacts = ArtifactResolver.NONE;
    private Progress progress = Progress.SILENT;
    private ToolLibraries libraries = ToolLibraries.OF_THREAD;
    private boolean publishing = Settings.isPublishingAskedFor();

    private Builder(Path home) {
      this.home = home;
    }

    /** Where native servers are fetched from that are not on the class path. */
    public Builder artifacts(ArtifactResolver resolver) {
      artifacts = resolver;
      return this;
    }

    /** Who hears of long work. */
    public Builder progress(Progress listener) {
      progress = listener;
      return this;
    }

    /** Where migration tools, and migrations on a class path, are found. */
    public Builder libraries(ToolLibraries places) {
      libraries = places;
      return this;
    }

    /**
     * Whether servers in containers have a network of their own and publish their ports, even where
     * they could listen in the machine's network, which is faster. What {@code
     * dataspaces.docker.publish} or {@code DATASPACES_DOCKER_PUBLISH} says if nothing is said here.
     */
    public Builder publishPorts(boolean publish) {
      publishing = publish;
      return this;
    }

    /**
     * @throws DataspaceException if the home cannot be made or written
     */
    public Dataspaces open() {
      Home opened = Home.open(home);
      Locks locks = new Locks(opened);
      DockerRuntime docker = new DockerRuntime(opened, locks, progress, publishing);
      List<DatabaseRuntime> runtimes =
          List.of(docker, new EmbeddedRuntime(opened, locks, artifacts));
      Flavours flavours =
          Flavours.load(
              Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                  .orElse(Dataspaces.class.getClassLoader()));
      Services services =
          new Services(
              opened,
              locks,
              flavours,
              runtimes,
              new SnapshotCatalogue(opened),
              libraries,
              progress);
      new Recovery(services).sweep();
      new Pruning(services).pruneIdle();
      return new Dataspaces(services, docker);
    }
  }

  /** The home's folder. */
  public Path home() {
    return services.home().root();
  }

  /**
   * Makes a dataspace that accepts SQL when this returns.
   *
   * @throws DataspaceException if the name is taken and the spec says to fail, if the snapshot it
   *     is to be made from is missing or does not fit, or if no server can be had
   */
  public Dataspace create(DataspaceSpec spec) {
    new Creation(services).create(spec);
    return new Dataspace(spec.name(), services);
  }

  /**
   * Begins to hand out dataspaces to tests, which have them in turn. The caller closes it.
   *
   * @param keep how long those that nobody uses are kept for later builds; zero for not at all
   */
  public TestServers testServers(Duration keep) {
    return new TestServers(services, keep);
  }

  /**
   * A dataspace that has to be there.
   *
   * @throws DataspaceException {@code NOT_FOUND} with what there is instead
   */
  public Dataspace get(String name) {
    new Store(services).require(name);
    return new Dataspace(name, services);
  }

  /** A dataspace, if it is there. */
  public Optional<Dataspace> find(String name) {
    return new Store(services).entry(Names.dataspace(name)).exists()
        ? Optional.of(new Dataspace(name, services))
        : Optional.empty();
  }

  /** All dataspaces, by name. A damaged one is listed as {@code unreadable}. */
  public List<DataspaceInfo> list() {
    return new Inspection(services).list();
  }

  /**
   * The snapshots of a dataspace, the oldest first; also of one that has been destroyed. One whose
   * manifest is damaged is listed as not readable.
   */
  public List<SnapshotInfo> snapshots(String dataspace) {
    return new Inspection(services).snapshots(Names.dataspace(dataspace));
  }

  /** The names of the dataspaces that have snapshots. */
  public List<String> dataspacesWithSnapshots() {
    return services.catalogue().dataspaces();
  }

  /** Copies a snapshot, also to another dataspace, which need not exist. */
  public SnapshotInfo copySnapshot(SnapshotReference from, SnapshotReference to) {
    return Inspection.info(new SnapshotOperations(services).copy(from, to));
  }

  /** Deletes a snapshot. */
  public void deleteSnapshot(SnapshotReference reference) {
    new SnapshotOperations(services).delete(reference);
  }

  /** Looks at everything dataspaces can use on this machine. */
  public List<SetupCheck> setup() {
    return new Setup(services).checks();
  }

  /**
   * Removes what has expired, what nobody knows any more, and templates that were not used for
   * {@code unusedFor}.
   *
   * @param dryRun whether to tell only
   * @return what was, or would be, removed
   */
  public List<String> prune(Duration unusedFor, boolean dryRun) {
    return new Pruning(services).prune(unusedFor, dryRun);
  }

  /** Ends test servers that nobody uses any more, until there are none. */
  void attend() throws InterruptedException {
    new Attendant(services).work();
  }

  /** Lets go of the connection to the container engine. Dataspaces go on. */
  @Override
  public void close() {
    docker.close();
  }
}
