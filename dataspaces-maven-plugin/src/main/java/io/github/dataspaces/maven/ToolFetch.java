package io.github.dataspaces.maven;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.File;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/**
 * Fetches a tool, with all that it needs, from the repositories of the build.
 *
 * @param system Maven's repositories
 * @param session the build
 * @param project the module, or the stand-in that Maven has where there is no pom
 */
record ToolFetch(RepositorySystem system, MavenSession session, MavenProject project) {

  /**
   * @param coordinates {@code group:artifact:version} of each
   * @return the jars
   */
  List<File> fetch(List<String> coordinates) {
    CollectRequest wanted = new CollectRequest();
    coordinates.forEach(
        each -> wanted.addDependency(new Dependency(new DefaultArtifact(each), "runtime")));
    wanted.setRepositories(RepositoryArtifacts.repositories(project));
    try {
      return system
          .resolveDependencies(session.getRepositorySession(), new DependencyRequest(wanted, null))
          .getArtifactResults()
          .stream()
          .map(result -> result.getArtifact().getFile())
          .toList();
    } catch (DependencyResolutionException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The project has no %s among its dependencies, and it could not be fetched: %s."
              .formatted(coordinates.get(0), e.getMessage()),
          "Add it to the project's dependencies, or check the network, the proxy and the mirrors of settings.xml.",
          e);
    }
  }
}
