package io.github.dataspaces.maven;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.model.Resource;
import org.apache.maven.project.MavenProject;

/**
 * Where {@code classpath:} looks: a module's resources, as built and, where they are not built yet,
 * as written.
 */
final class ProjectResources {

  private ProjectResources() {}

  static ClassLoader of(MavenProject project) {
    Build build = project.getBuild();
    if (project.getFile() == null || build == null) {
      return ClassLoader.getPlatformClassLoader();
    }
    List<String> folders =
        new ArrayList<>(List.of(build.getTestOutputDirectory(), build.getOutputDirectory()));
    build.getTestResources().stream().map(Resource::getDirectory).forEach(folders::add);
    build.getResources().stream().map(Resource::getDirectory).forEach(folders::add);
    return new URLClassLoader(
        folders.stream().map(ProjectResources::url).toArray(URL[]::new),
        ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String folder) {
    try {
      // a URL of a folder ends with a slash, which a folder that is not there yet would not get
      return new URL(Path.of(folder, "x").toUri().toURL(), ".");
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
