package io.github.dataspaces.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Fetches a jar from the repositories of the user's build, so that native servers need not be on
 * the class path.
 */
@FunctionalInterface
public interface ArtifactResolver {

  /** Resolves nothing: only what is on the class path, or unpacked already, can be used. */
  ArtifactResolver NONE = (groupId, artifactId, version) -> Optional.empty();

  /**
   * @return the jar's file, or empty where there are no repositories to ask
   * @throws DataspaceException if the repositories do not have it or cannot be reached
   */
  Optional<Path> resolve(String groupId, String artifactId, String version);
}
