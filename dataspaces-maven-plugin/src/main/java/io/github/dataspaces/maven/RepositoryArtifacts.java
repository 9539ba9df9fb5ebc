package io.github.dataspaces.maven;

import io.github.dataspaces.config.ArtifactResolver;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.transfer.ArtifactNotFoundException;

/** Fetches native servers from the repositories that the build and its settings name. */
final class RepositoryArtifacts implements ArtifactResolver {

  private final RepositorySystem system;
  private final MavenSession session;
  private final MavenProject project;

  RepositoryArtifacts(RepositorySystem system, MavenSession session, MavenProject project) {
    this.system = system;
    this.session = session;
    this.project = project;
  }

  @Override
  public Optional<Path> resolve(String groupId, String artifactId, String version) {
    DefaultArtifact artifact = new DefaultArtifact(groupId, artifactId, "jar", version);
    try {
      ArtifactRequest request = new ArtifactRequest(artifact, repositories(project), null);
      return Optional.of(
          system
              .resolveArtifact(session.getRepositorySession(), request)
              .getArtifact()
              .getFile()
              .toPath());
    } catch (ArtifactResolutionException e) {
      throw failed(artifact, e);
    }
  }

  /** A plugin's own dependencies come from the plugin repositories: a build may have those only. */
  static List<RemoteRepository> repositories(MavenProject project) {
    List<RemoteRepository> repositories = new ArrayList<>();
    Stream.concat(
            project.getRemoteProjectRepositories().stream(),
            project.getRemotePluginRepositories().stream())
        .filter(
            repository ->
                repositories.stream()
                    .noneMatch(known -> known.getUrl().equals(repository.getUrl())))
        .forEach(repositories::add);
    return repositories;
  }

  private DataspaceException failed(DefaultArtifact artifact, ArtifactResolutionException e) {
    if (session.isOffline()) {
      return new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The native server %s was never fetched on this machine, and Maven is offline."
              .formatted(artifact),
          "Run it once without -o, or use -Ddataspaces.runtime=docker.",
          e);
    }
    boolean absent =
        e.getResult().getExceptions().stream()
            .allMatch(ArtifactNotFoundException.class::isInstance);
    return absent
        ? new DataspaceException(
            Reason.NOT_FOUND,
            "The repositories have no native server %s.".formatted(artifact),
            "Ask for another version, for example -Ddataspaces.flavour=postgres:17, or use -Ddataspaces.runtime=docker.",
            e)
        : new DataspaceException(
            Reason.INFRASTRUCTURE,
            "The native server %s could not be fetched: %s.".formatted(artifact, e.getMessage()),
            "Check the network, the proxy and the mirrors of settings.xml, or use -Ddataspaces.runtime=docker.",
            e);
  }
}
