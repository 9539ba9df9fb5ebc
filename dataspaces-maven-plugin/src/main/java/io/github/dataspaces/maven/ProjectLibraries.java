package io.github.dataspaces.maven;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.MigrationTool;
import io.github.dataspaces.config.ToolLibraries;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.DefaultDependencyResolutionRequest;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.eclipse.aether.RepositorySystem;

/**
 * The project's own class path, tests included, as a migration tool sees it: its version of the
 * tool, its driver, its migrations. Nothing of this plugin is on it but the drivers, which come
 * last. A tool that the project does not have is fetched. Nothing is resolved before it is needed.
 */
final class ProjectLibraries implements ToolLibraries, AutoCloseable {

  private static final Set<String> DRIVERS = Set.of("org.postgresql", "org.mariadb.jdbc");
  private static final Map<MigrationTool, String> CLASSES =
      Map.of(
          MigrationTool.FLYWAY, "org/flywaydb/core/Flyway.class",
          MigrationTool.LIQUIBASE, "liquibase/Liquibase.class");

  private final RepositorySystem system;
  private final ProjectDependenciesResolver dependencies;
  private final MavenSession session;
  private final MavenProject project;
  private final PluginDescriptor plugin;
  private final Map<MigrationTool, ToolClassLoader> loaders = new EnumMap<>(MigrationTool.class);

  ProjectLibraries(
      RepositorySystem system,
      ProjectDependenciesResolver dependencies,
      MavenSession session,
      MavenProject project,
      PluginDescriptor plugin) {
    this.system = system;
    this.dependencies = dependencies;
    this.session = session;
    this.project = project;
    this.plugin = plugin;
  }

  @Override
  public synchronized ClassLoader loader(MigrationTool tool) {
    ToolClassLoader own = loaders.get(MigrationTool.AUTO);
    if (own == null) {
      own = new ToolClassLoader(projectUrls(), ClassLoader.getPlatformClassLoader());
      loaders.put(MigrationTool.AUTO, own);
    }
    String type = CLASSES.get(tool);
    if (type == null || own.getResource(type) != null) {
      return own;
    }
    if (!loaders.containsKey(tool)) {
      loaders.put(tool, new ToolClassLoader(fetched(tool), own));
    }
    return loaders.get(tool);
  }

  private URL[] projectUrls() {
    List<URL> urls = new ArrayList<>(ProjectResources.built(project));
    if (project.getFile() != null) {
      dependencies().forEach(file -> urls.add(ProjectResources.url(file)));
    }
    for (Artifact artifact : plugin.getArtifacts()) {
      if (DRIVERS.contains(artifact.getGroupId())) {
        urls.add(ProjectResources.url(artifact.getFile()));
      }
    }
    return urls.toArray(URL[]::new);
  }

  private List<File> dependencies() {
    try {
      return dependencies
          .resolve(new DefaultDependencyResolutionRequest(project, session.getRepositorySession()))
          .getResolvedDependencies()
          .stream()
          .map(dependency -> dependency.getArtifact().getFile())
          .toList();
    } catch (DependencyResolutionException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The project's dependencies cannot be had, and the migration tool is looked for among them: %s."
              .formatted(e.getMessage()),
          "Build the modules that it depends on in the same build, or install them first.",
          e);
    }
  }

  private URL[] fetched(MigrationTool tool) {
    return new ToolFetch(system, session, project)
        .fetch(coordinates(tool)).stream().map(ProjectResources::url).toArray(URL[]::new);
  }

  private static List<String> coordinates(MigrationTool tool) {
    Properties tools = new Properties();
    try (InputStream in = ProjectLibraries.class.getResourceAsStream("tools.properties")) {
      tools.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(tools.getProperty(tool.toString()).split(" "));
  }

  @Override
  public synchronized void close() {
    for (ToolClassLoader loader : loaders.values()) {
      try {
        loader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    loaders.clear();
  }
}
