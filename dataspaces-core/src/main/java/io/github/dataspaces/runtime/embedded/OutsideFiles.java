package io.github.dataspaces.runtime.embedded;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.storage.DirectoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files that a server keeps outside of its data directory and reaches by symbolic links in it, such
 * as tablespaces.
 *
 * <p>Before a data directory is first cloned they are moved into it, and what the links name
 * becomes a link itself, to the data directory that is current. So every clone has them, a rollback
 * changes them with all the rest, and the server goes on telling the location it was given. A clone
 * that belongs to another dataspace gets links to its own files.
 */
final class OutsideFiles {

  private static final String INSIDE = "outside-files";
  private static final String SERVERS_PREFIX = "PG_";
  private static final String CURRENT = "current";

  private final Path data;
  private final Path links;

  /**
   * @param data the data directory
   * @param links the folder of links in it
   */
  OutsideFiles(Path data, Path links) {
    this.data = data;
    this.links = links;
  }

  /** Moves them into the data directory. The server is stopped. */
  void gather(DirectoryStorage storage) {
    guarded(
        () -> {
          for (Path link : links()) {
            Path location = Files.readSymbolicLink(link);
            if (Files.isDirectory(location) && !isInside(location)) {
              gather(storage, link.getFileName().toString(), location);
            }
          }
        });
  }

  private void gather(DirectoryStorage storage, String name, Path location) throws IOException {
    Path inside = data.resolve(INSIDE).resolve(name);
    Files.createDirectories(inside.getParent());
    storage.delete(inside); // what an interrupted build copied
    storage.clone(location, inside, Optional.empty());
    pointCurrent();
    Path moved = location.resolveSibling(location.getFileName() + ".scratch");
    Files.move(location, moved, StandardCopyOption.ATOMIC_MOVE);
    Files.createSymbolicLink(location, throughCurrent(name));
    storage.delete(moved);
  }

  /** Has every link lead to this data directory's own files. The server is stopped. */
  void own() {
    guarded(
        () -> {
          if (Files.isDirectory(data.resolve(INSIDE))) {
            pointCurrent();
            for (Path link : links()) {
              own(link);
            }
          }
        });
  }

  private void own(Path link) throws IOException {
    String name = link.getFileName().toString();
    Path inside = data.resolve(INSIDE).resolve(name);
    if (Files.isDirectory(inside) && !isInside(Files.readSymbolicLink(link))) {
      replace(link, throughCurrent(name));
    }
  }

  /**
   * Gives the locations back to the user as empty folders, before the data directory is destroyed.
   *
   * @param successor the files that take this data directory's place, if any: what they still have
   *     stays
   */
  void release(DirectoryStorage storage, Optional<OutsideFiles> successor) {
    guarded(
        () -> {
          for (Path link : links()) {
            boolean kept =
                successor.isPresent()
                    && Files.isSymbolicLink(successor.get().links.resolve(link.getFileName()));
            if (!kept) {
              release(storage, Files.readSymbolicLink(link));
            }
          }
        });
  }

  private void release(DirectoryStorage storage, Path location) throws IOException {
    if (Files.isSymbolicLink(location)) {
      if (Files.readSymbolicLink(location).startsWith(data.getParent())) {
        Files.delete(location);
        Files.createDirectory(location);
      }
    } else if (!location.startsWith(data.getParent()) && Files.isDirectory(location)) {
      try (Stream<Path> children = Files.list(location)) {
        // the server makes one folder in the user's, and names it by its version
        children
            .filter(child -> child.getFileName().toString().startsWith(SERVERS_PREFIX))
            .forEach(storage::delete);
      }
    }
  }

  private List<Path> links() throws IOException {
    if (!Files.isDirectory(links)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(links)) {
      return children.filter(Files::isSymbolicLink).toList();
    }
  }

  private boolean isInside(Path location) throws IOException {
    return Files.exists(location) && location.toRealPath().startsWith(data.toRealPath());
  }

  private Path throughCurrent(String name) {
    return data.resolveSibling(CURRENT).resolve(INSIDE).resolve(name);
  }

  private void pointCurrent() throws IOException {
    replace(data.resolveSibling(CURRENT), data.getFileName());
  }

  private static void replace(Path link, Path target) throws IOException {
    Path scratch = link.resolveSibling(link.getFileName() + ".scratch");
    Files.deleteIfExists(scratch);
    Files.createSymbolicLink(scratch, target);
    Files.move(scratch, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Work on files that may fail. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private void guarded(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The files that the server keeps outside of %s cannot be handled: %s."
              .formatted(data, e.getMessage()),
          "Check that this user may write to their folder and the one above it.",
          e);
    }
  }
}
