package io.github.dataspaces.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.DataspaceInfo;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A home of its own for a test class (a static field with {@code @RegisterExtension}) or for a part
 * of a test (in a try-with-resources). After each test everything in it is destroyed; at its end it
 * fails if a process or a container is left.
 */
public final class TestHome
    implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

  static final Path FOLDER = folderOfHomes();

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final AtomicInteger names = new AtomicInteger();
  private final Path folder;
  private final Consumer<Path> warming;
  private @Nullable Dataspaces opened;

  private final boolean publishing;

  private TestHome(Path folder, Consumer<Path> warming) {
    this(folder, warming, false);
  }

  private TestHome(Path folder, Consumer<Path> warming, boolean publishing) {
    this.folder = folder;
    this.warming = warming;
    this.publishing = publishing;
  }

  /** A home that has the programs and the empty servers already. */
  public static TestHome warm() {
    return new TestHome(next(), WarmHome::copyInto);
  }

  /** The same whose containers have a network of their own. */
  public static TestHome publishing() {
    return new TestHome(next(), WarmHome::copyInto, true);
  }

  /** A home in a folder that does not exist. */
  public static TestHome fresh() {
    return new TestHome(next(), home -> {});
  }

  /** A home in a folder, for example on another disk. */
  public static TestHome in(Path folder) {
    return new TestHome(folder, WarmHome::copyInto);
  }

  /** A home in a folder that has the programs and nothing made with them. */
  public static TestHome withProgramsIn(Path folder) {
    return new TestHome(folder, WarmHome::copyProgramsInto);
  }

  /** A home on a disk that has room for little, for dataspaces of that runtime. */
  public static TestHome little(Path folder, RuntimeChoice runtime) {
    return new TestHome(folder, home -> WarmHome.copyLittleInto(home, runtime));
  }

  /**
   * In memory where there is room, because tests write a lot: three times as fast. What depends on
   * the file system has tests on disks of their own.
   */
  private static Path folderOfHomes() {
    Path memory = Path.of("/dev/shm");
    try {
      boolean room =
          Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() > 4L << 30;
      Path folder =
          room
              ? Files.createTempDirectory(memory, "dataspaces-test-")
              : Files.createDirectories(Path.of("target", "homes")).toAbsolutePath();
      if (room) {
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(() -> Command.run(Map.of(), "rm", "-rf", folder.toString())));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new folder to put a home in. */
  public static Path freshFolder() {
    try {
      return Files.createDirectories(next());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path next() {
    return FOLDER.resolve(ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** What tells its containers from another home's. */
  public String id() {
    return idOf(folder);
  }

  static String idOf(Path home) {
    try {
      return Files.readString(home.resolve("home.id")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It, opened once. */
  public synchronized Dataspaces dataspaces() {
    Dataspaces known = opened;
    if (known == null) {
      open().close();
      warming.accept(folder);
      known = open();
      opened = known;
    }
    return known;
  }

  /** It, opened once more; the caller closes it. */
  public Dataspaces open() {
    Dataspaces.Builder builder = Dataspaces.at(folder).artifacts(LocalBinaries.RESOLVER);
    return (publishing ? builder.publishPorts(true) : builder).open();
  }

  /** A name that no other test uses. */
  public String name() {
    return "ds" + names.incrementAndGet();
  }

  /** The spec of a dataspace that no other test uses. */
  public DataspaceSpec.Builder spec(RuntimeChoice runtime) {
    return DataspaceSpec.named(name()).runtime(runtime);
  }

  /** A running dataspace that no other test uses. */
  public Dataspace create(RuntimeChoice runtime) {
    return dataspaces().create(spec(runtime).build());
  }

  /** The spec of a dataspace of a flavour that no other test uses. */
  public DataspaceSpec.Builder spec(String flavour) {
    return spec(runtimeOf(flavour)).flavour(flavour);
  }

  /** Where a flavour is run, as {@link EachMySql} tells. */
  public static RuntimeChoice runtimeOf(String flavour) {
    return flavour.equals(EachMySql.NATIVE) ? RuntimeChoice.EMBEDDED : RuntimeChoice.DOCKER;
  }

  /** A running dataspace of a flavour that no other test uses. */
  public Dataspace create(String flavour) {
    return dataspaces().create(spec(flavour).build());
  }

  /** A running dataspace with a table {@code item} of the numbers from 1 to 100. */
  public Dataspace createWithItems(RuntimeChoice runtime) {
    Dataspace dataspace = create(runtime);
    Sql.on(dataspace)
        .run(
            "create table item (id int primary key, name text not null)",
            "insert into item select n, 'item ' || n from generate_series(1, 100) n");
    return dataspace;
  }

  /** The same on MySQL or MariaDB. */
  public Dataspace createWithItems(String flavour) {
    return withItems(create(flavour));
  }

  /** The same on a server that is set up for being put back while it runs. */
  public Dataspace createForTestsWithItems(String flavour) {
    return withItems(createForTests(flavour));
  }

  /** A running dataspace that is set up for being put back while it runs. */
  public Dataspace createForTests(String flavour) {
    return dataspaces().create(spec(flavour).ephemeral(true).build());
  }

  private static Dataspace withItems(Dataspace dataspace) {
    Sql.on(dataspace)
        .run(
            "create table item (id int primary key, name text not null)",
            """
            insert into item
            with recursive n (i) as (select 1 union all select i + 1 from n where i < 100)
            select i, concat('item ', i) from n
            """);
    return dataspace;
  }

  /** The folder of a dataspace. */
  public Path folderOf(String dataspace) {
    return folder.resolve("dataspaces").resolve(dataspace);
  }

  /** The folder of a snapshot. */
  public Path folderOf(String dataspace, String snapshot) {
    return folder.resolve("snapshots").resolve(dataspace).resolve(snapshot);
  }

  /** All that a snapshot is: its manifest and its files. */
  public Map<String, String> snapshotTree(String dataspace, String snapshot) {
    Map<String, String> tree = Tree.of(folderOf(dataspace, snapshot));
    tree.remove(""); // the folder's own time: what may be cloned is tried out in it
    return tree;
  }

  /** Whether half-made data are in it. */
  public boolean hasHalfMadeData() {
    return HomeCheck.untidy(folder).stream().anyMatch(found -> found.contains("/data-"));
  }

  /** Fails if anything half-made is in it, or a server that belongs to no dataspace. */
  public void assertTidy() {
    HomeCheck.assertTidy(this);
  }

  /** The processes that work in it. */
  public List<Long> processes() {
    return Processes.workingIn(folder);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    dataspaces();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    destroyEverything(dataspaces());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public synchronized void close() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Dataspaces last = open()) {
      destroyEverything(last);
      last.prune(Duration.ZERO, false);
      assertNothingIsLeft();
    } finally {
      if (opened != null) {
        opened.close();
      }
      removeByForce();
    }
  }

  private static void destroyEverything(Dataspaces dataspaces) {
    for (DataspaceInfo dataspace : dataspaces.list()) {
      dataspaces.get(dataspace.name()).destroy(true);
    }
    for (String name : dataspaces.dataspacesWithSnapshots()) {
      dataspaces
          .snapshots(name)
          .forEach(
              snapshot -> dataspaces.deleteSnapshot(new SnapshotReference(name, snapshot.name())));
    }
  }

  private void assertNothingIsLeft() {
    Eventually.within(Duration.ofSeconds(5), () -> processes().isEmpty());
    assertThat(processes())
        .as("processes left by %s", folder)
        .map(Processes::commandLine)
        .isEmpty();
    List<String> left = new ArrayList<>();
    if (DockerEngine.answers()) {
      left.addAll(DockerEngine.ofHome("container", id()));
      left.addAll(DockerEngine.ofHome("volume", id()));
    }
    assertThat(left).as("containers and volumes left by %s", folder).isEmpty();
  }

  private void removeByForce() {
    processes().forEach(Processes::kill);
    if (DockerEngine.answers()) {
      DockerEngine.ofHome("container", id())
          .forEach(container -> DockerEngine.docker("rm", "--force", "--volumes", container));
      removeNetwork(id());
    }
    Command.run(Map.of(), "rm", "-rf", folder.toString());
  }

  static void removeNetwork(String id) {
    if (DockerEngine.answers()) {
      DockerEngine.ofHome("network", id)
          .forEach(network -> Command.run(Map.of(), "docker", "network", "rm", network));
    }
  }
}
