package io.github.dataspaces.storage;

import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.CommandRunner;
import io.github.dataspaces.process.ExternalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Clones a btrfs subvolume: one operation, whatever the number of files. The subvolume belongs to
 * whoever made the folder, so this works without rights to the files in it.
 */
final class BtrfsSubvolume implements DirectoryCloner {

  /**
   * The inode number of every subvolume's root (BTRFS_FIRST_FREE_OBJECTID in the kernel's
   * btrfs_tree.h).
   */
  private static final long SUBVOLUME_INODE = 256;

  private final CommandRunner host;

  BtrfsSubvolume(CommandRunner host) {
    this.host = host;
  }

  @Override
  public String name() {
    return "btrfs-subvolume";
  }

  @Override
  public boolean supports(Path source, Path parent) {
    return isSubvolume(source) && onBtrfs(parent) && ExternalTool.BTRFS.find().isPresent();
  }

  @Override
  public boolean sharesBlocks() {
    return true;
  }

  @Override
  public OptionalLong cloneTo(Path source, Path target, Optional<Path> earlier)
      throws CloneFailedException {
    CommandResult result =
        host.run(List.of("btrfs", "subvolume", "snapshot", source.toString(), target.toString()));
    if (!result.ok()) {
      throw new CloneFailedException(result.lastLines());
    }
    return OptionalLong.of(0);
  }

  /** Makes a subvolume, if the file system has them; says whether it did. */
  boolean create(Path folder) {
    return onBtrfs(folder.getParent())
        && ExternalTool.BTRFS.find().isPresent()
        && host.run(List.of("btrfs", "subvolume", "create", folder.toString())).ok();
  }

  /** Deletes a subvolume at once; false if it is none, or this user may not. */
  boolean delete(Path folder) {
    return isSubvolume(folder)
        && ExternalTool.BTRFS.find().isPresent()
        && host.run(List.of("btrfs", "subvolume", "delete", folder.toString())).ok();
  }

  private static boolean isSubvolume(Path folder) {
    try {
      return onBtrfs(folder) && ((Long) Files.getAttribute(folder, "unix:ino")) == SUBVOLUME_INODE;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean onBtrfs(Path folder) {
    try {
      return Files.getFileStore(folder).type().equals("btrfs");
    } catch (IOException e) {
      return false;
    }
  }
}
