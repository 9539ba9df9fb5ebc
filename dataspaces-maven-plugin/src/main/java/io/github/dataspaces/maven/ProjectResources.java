package io.github.dataspaces.maven;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
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

  /** The same for a tool that must not meet a file twice: as built or, where not, as written. */
  static List<URL> built(MavenProject project) {
    Build build = project.getBuild();
    if (project.getFile() == null || build == null) {
      return List.of();
    }
    List<String> folders = new ArrayList<>();
    add(folders, build.getTestOutputDirectory(), build.getTestResources());
    add(folders, build.getOutputDirectory(), build.getResources());
    return folders.stream().map(ProjectResources::url).toList();
  }

  private static void add(List<String> folders, String output, List<Resource> written) {
    if (Files.isDirectory(Path.of(output))) {
      folders.add(output);
    } else {
      written.stream().map(Resource::getDirectory).forEach(folders::add);
    }
  }

  /** A jar, or a folder of a module that was only compiled. */
  static URL url(File file) {
    try {
      return file.toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
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
