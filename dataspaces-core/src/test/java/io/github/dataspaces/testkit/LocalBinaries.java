package io.github.dataspaces.testkit;

import io.github.dataspaces.config.ArtifactResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the binaries that the build has put into {@code target/binaries}. */
public final class LocalBinaries implements ArtifactResolver {

  /** The only one. */
  public static final ArtifactResolver RESOLVER = new LocalBinaries();

  private LocalBinaries() {}

  @Override
  public Optional<Path> resolve(String groupId, String artifactId, String version) {
    return Optional.of(folder().resolve("%s-%s.jar".formatted(artifactId, version)))
        .filter(Files::isRegularFile);
  }

  /** Where they are; another process is told by a property, because it runs elsewhere. */
  public static Path folder() {
    return Path.of(System.getProperty("test.binaries", "target/binaries")).toAbsolutePath();
  }
}
