package io.github.dataspaces.storage;

import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.CommandRunner;
import io.github.dataspaces.process.HostCommands;
import io.github.dataspaces.process.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Clones file by file with shared blocks: XFS, btrfs, bcachefs on Linux, APFS on macOS. */
final class Reflink implements DirectoryCloner {

  private final CommandRunner runner;
  private final BtrfsSubvolume subvolumes;
  private final List<String> copy;

  Reflink(CommandRunner runner) {
    this.runner = runner;
    this.subvolumes = new BtrfsSubvolume(new HostCommands());
    this.copy =
        Platform.current().os() == Platform.Os.DARWIN
            ? List.of("cp", "-c", "-R", "-p")
            : List.of("cp", "-a", "--reflink=always");
  }

  @Override
  public String name() {
    return "reflink";
  }

  /**
   * Asks the file system by cloning one small file: its type does not tell (XFS can be made
   * without).
   */
  @Override
  public boolean supports(Path source, Path parent) {
    if (!Platform.current().posix()) {
      return false;
    }
    Path original = parent.resolve(".reflink-" + UUID.randomUUID() + ".scratch");
    Path clone = original.resolveSibling("clone-of" + original.getFileName());
    try {
      if (!Files.getFileStore(source).equals(Files.getFileStore(parent))) {
        return false;
      }
      Files.writeString(original, "probe");
      return new HostCommands().run(Commands.with(copy, original, clone)).ok();
    } catch (IOException e) {
      return false;
    } finally {
      deleteProbe(original);
      deleteProbe(clone);
    }
  }

  @Override
  public boolean sharesBlocks() {
    return true;
  }

  @Override
  public OptionalLong cloneTo(Path source, Path target, Optional<Path> earlier)
      throws CloneFailedException {
    // a subvolume, if it can be one: the next clone takes no time at all
    Path contents = subvolumes.create(target) ? source.resolve(".") : source;
    CommandResult result = runner.run(Commands.with(copy, contents, target));
    if (!result.ok()) {
      throw new CloneFailedException(result.lastLines());
    }
    return OptionalLong.of(0);
  }

  private static void deleteProbe(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // an empty file whose name says what it is; the next sweep takes it
    }
  }
}
