package io.github.dataspaces.storage;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.CommandRunner;
import io.github.dataspaces.process.HostCommands;
import io.github.dataspaces.process.Platform;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Makes, clones, measures and deletes data directories. Whoever owns the files decides through
 * which runner: this process, or a container whose root may touch them.
 */
public final class DirectoryStorage {

  private final CommandRunner runner;
  private final BtrfsSubvolume subvolumes;
  private final List<DirectoryCloner> cloners;

  /** Storage whose files {@code runner} has the right to read and remove. */
  public DirectoryStorage(CommandRunner runner) {
    this.runner = runner;
    this.subvolumes = new BtrfsSubvolume(new HostCommands());
    this.cloners =
        List.of(subvolumes, new Reflink(runner), new Rsync(runner), new PlainCopy(runner));
  }

  /** Storage of files that this process owns. */
  public static DirectoryStorage own() {
    return new DirectoryStorage(new HostCommands());
  }

  /** Makes an empty data directory, as a subvolume where that makes its clones cheaper. */
  public void create(Path folder) {
    try {
      if (!subvolumes.create(folder)) {
        Files.createDirectory(folder);
      }
      if (Platform.current().posix()) {
        // the server's user has to pass through; nobody else can get this far
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    } catch (IOException e) {
      throw failed("%s could not be made.".formatted(folder), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Clones a data directory by the first means that fits. If it fails, what was made is removed
   * again.
   *
   * @param earlier an earlier copy that nothing writes to, whose unchanged files can be shared
   * @throws DataspaceException {@link Reason#INFRASTRUCTURE} with the tool's words, naming a full
   *     disk as such
   */
  public CloneReport clone(Path source, Path target, Optional<Path> earlier) {
    DirectoryCloner cloner = clonerFor(source, target.getParent());
    long before = free(target.getParent());
    try {
      OptionalLong copied = cloner.cloneTo(source, target, earlier);
      long size = size(target);
      long taken =
          cloner.sharesBlocks()
              ? Math.max(0, before - free(target.getParent()))
              : copied.orElse(size);
      return new CloneReport(cloner.name(), size, Math.min(size, taken));
    } catch (CloneFailedException e) {
      delete(target);
      throw failed("Copying %s by %s failed.".formatted(source, cloner.name()), e.getMessage());
    }
  }

  /** What would clone a data directory in {@code parent}: for telling the user beforehand. */
  public String clonerName(Path parent) {
    Path probe = parent.resolve(".cloner-" + UUID.randomUUID() + ".scratch");
    create(probe);
    try {
      return clonerFor(probe, parent).name();
    } finally {
      delete(probe);
    }
  }

  /** Deletes a data directory and all in it; does nothing if it is not there. */
  public void delete(Path folder) {
    if (!Files.exists(folder) || subvolumes.delete(folder)) {
      return;
    }
    if (Platform.current().posix()) {
      CommandResult result = runner.run(List.of("rm", "-rf", folder.toString()));
      if (!result.ok()) {
        throw failed("%s could not be removed.".formatted(folder), result.lastLines());
      }
    } else {
      FileTree.delete(folder);
    }
  }

  /** The bytes of a data directory's files. */
  public long size(Path folder) {
    if (runner.sameRights()) {
      return FileTree.size(folder);
    }
    String kilobytes =
        runner.run(List.of("du", "-sk", folder.toString())).output().split("\\s", 2)[0];
    return kilobytes.matches("[0-9]+") ? Long.parseLong(kilobytes) * 1024 : 0;
  }

  /** What the symbolic links in a folder say. */
  public List<String> links(Path folder) {
    String script =
        "for link in \"$1\"/*; do if [ -L \"$link\" ]; then readlink \"$link\"; fi; done";
    return runner
        .run(List.of("sh", "-c", script, "sh", folder.toString()))
        .output()
        .lines()
        .toList();
  }

  /** Has the file system write down all it holds, so that a power cut cannot take it back. */
  public void sync(Path folder) {
    if (Platform.current().os() == Platform.Os.LINUX) {
      new HostCommands().run(List.of("sync", "-f", folder.toString()));
    }
  }

  private DirectoryCloner clonerFor(Path source, Path parent) {
    return cloners.stream()
        .filter(cloner -> cloner.supports(source, parent))
        .findFirst()
        .orElseThrow();
  }

  private static long free(Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      return store.getUnallocatedSpace();
    } catch (IOException e) {
      return 0;
    }
  }

  private static DataspaceException failed(String problem, String words) {
    boolean full = words.toLowerCase(Locale.ROOT).contains("no space left");
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        full ? problem + " The disk is full." : problem + " The tool said: " + words,
        full
            ? "Free some space, for example with: mvn dataspaces:prune; or delete snapshots that are not needed."
            : "");
  }
}
