package io.github.dataspaces.home;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.SnapshotReference;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder that holds everything: the only class that knows its layout. Nothing else builds a
 * path.
 *
 * <pre>
 * home.id                            marks the folder as ours, and its containers as this home's
 * dataspaces/NAME/                   an {@link Entry}: state, data, server log
 * snapshots/DATASPACE/SNAPSHOT/      an {@link Entry}: manifest, data
 * templates/KEY/                     an {@link Entry}: manifest, data
 * runtimes/ARTIFACT/                 an unpacked native server
 * locks/NAME.lock
 * attendant.log
 * </pre>
 */
public final class Home {

  private static final String ID_FILE = "home.id";
  private static final List<String> FOLDERS =
      List.of("dataspaces", "snapshots", "templates", "runtimes", "locks");

  private final Path root;
  private final String id;

  private Home(Path root, String id) {
    this.root = root;
    this.id = id;
  }

  /**
   * Opens a home, and makes it if it is not there.
   *
   * @throws DataspaceException {@link Reason#INFRASTRUCTURE} if it cannot be made or written
   */
  public static Home open(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    try {
      requireOursOrNew(absolute);
      OwnerOnly.createDirectories(absolute);
      Home home = new Home(absolute.toRealPath(), id(absolute));
      for (String folder : FOLDERS) {
        OwnerOnly.createDirectories(home.root.resolve(folder));
      }
      home.deleteOldScratch();
      return home;
    } catch (IOException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The home %s cannot be made or written: %s.".formatted(absolute, Reasons.of(e)),
          "Give another with DATASPACES_HOME or -Ddataspaces.home, or change its permissions.",
          e);
    }
  }

  /** The folder, absolute, without symbolic links. */
  public Path root() {
    return root;
  }

  /** Tells this home's containers and networks from another home's. */
  public String id() {
    return id;
  }

  /** The folder of a dataspace. */
  public Path dataspace(String name) {
    return dataspaces().resolve(name);
  }

  /** The folder of all dataspaces. */
  public Path dataspaces() {
    return root.resolve("dataspaces");
  }

  /** The folder of a snapshot. */
  public Path snapshot(SnapshotReference reference) {
    return snapshots(reference.dataspace()).resolve(reference.snapshot());
  }

  /** The folder of a dataspace's snapshots. */
  public Path snapshots(String dataspace) {
    return snapshots().resolve(dataspace);
  }

  /** The folder of all snapshots. */
  public Path snapshots() {
    return root.resolve("snapshots");
  }

  /** The folder of a template. */
  public Path template(String key) {
    return templates().resolve(key);
  }

  /** The folder of all templates. */
  public Path templates() {
    return root.resolve("templates");
  }

  /** The folder of an unpacked native server. */
  public Path runtime(String artifact) {
    return runtimes().resolve(artifact);
  }

  /** The folder of all unpacked native servers. */
  public Path runtimes() {
    return root.resolve("runtimes");
  }

  /** The log of a dataspace's native server. */
  public Path serverLog(String dataspace) {
    return dataspace(dataspace).resolve("server.log");
  }

  /** The log of the process that ends what nobody uses any more. */
  public Path attendantLog() {
    return root.resolve("attendant.log");
  }

  /** The file whose lock guards a name. */
  Path lock(String name) {
    return root.resolve("locks").resolve(name + ".lock");
  }

  /** The names of the folders in a folder of this home; empty if it is not there. */
  public static List<String> namesIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(Files::isDirectory)
          .map(child -> child.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "%s cannot be listed: %s.".formatted(folder, Reasons.of(e)),
          "Check its permissions.",
          e);
    }
  }

  /**
   * What was tried out in the home itself takes a moment; what is an hour old is of a process that
   * died.
   */
  private void deleteOldScratch() throws IOException {
    FileTime hourAgo = FileTime.from(Instant.now().minus(1, ChronoUnit.HOURS));
    try (Stream<Path> children = Files.list(root)) {
      for (Path child : children.filter(path -> path.toString().endsWith(".scratch")).toList()) {
        if (Files.getLastModifiedTime(child).compareTo(hourAgo) < 0) {
          Files.deleteIfExists(child);
        }
      }
    } catch (NoSuchFileException another) {
      // another process has deleted it
    }
  }

  /** A folder with files of somebody else's would be taken for half-made things of ours. */
  private static void requireOursOrNew(Path root) {
    // in that order: a process that makes the home at this moment makes the id before the folders
    boolean foreign =
        FOLDERS.stream().anyMatch(folder -> Files.exists(root.resolve(folder)))
            && !Files.exists(root.resolve(ID_FILE));
    if (foreign) {
      throw new DataspaceException(
          Reason.INVALID,
          "%s holds other files and cannot be a home.".formatted(root),
          "Give an empty folder, or one that does not exist, with DATASPACES_HOME or -Ddataspaces.home.");
    }
  }

  private static String id(Path root) throws IOException {
    Path file = root.resolve(ID_FILE);
    if (!Files.exists(file)) {
      Path scratch = Files.createTempFile(root, ID_FILE, ".scratch");
      Files.writeString(scratch, UUID.randomUUID().toString().substring(0, 8));
      try {
        // a link is made once only: of several processes that open a new home, one gives it its id
        Files.createLink(file, scratch);
      } catch (FileAlreadyExistsException another) {
        // that one's id is read below
      } finally {
        Files.deleteIfExists(scratch);
      }
    }
    if (!Files.isWritable(root)) {
      throw new IOException("permission denied");
    }
    return Files.readString(file).strip();
  }
}
