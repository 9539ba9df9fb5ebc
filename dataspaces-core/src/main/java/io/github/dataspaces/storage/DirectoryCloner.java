package io.github.dataspaces.storage;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** One way to make a copy of a folder that nothing writes to. */
interface DirectoryCloner {

  /** What users see it called. */
  String name();

  /** Whether it can clone {@code source} to a new folder in {@code parent}; must leave no trace. */
  boolean supports(Path source, Path parent);

  /** Whether the copy shares its blocks with the source until either changes. */
  boolean sharesBlocks();

  /**
   * Makes {@code target}, which must not exist, the same as {@code source}: contents, links,
   * owners, permissions, times.
   *
   * @param earlier an earlier copy that nothing will write to any more: files that are the same
   *     there need not be copied again
   * @return the bytes that were copied; empty if all were
   * @throws CloneFailedException with the tool's own words; what was made of {@code target} is left
   */
  OptionalLong cloneTo(Path source, Path target, Optional<Path> earlier)
      throws CloneFailedException;
}
