package io.github.dataspaces.runtime.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Unpacks a folder of a jar that holds programs as they are. */
final class JarTree {

  private JarTree() {}

  /**
   * @param resource anything in the jar
   * @param folder the folder in it
   */
  static void unpack(URLConnection resource, String folder, Path target) throws IOException {
    if (!(resource instanceof JarURLConnection connection)) {
      throw new IOException(resource.getURL() + " is not in a jar");
    }
    try (JarFile jar = connection.getJarFile()) {
      List<JarEntry> files =
          jar.stream()
              .filter(entry -> entry.getName().startsWith(folder + "/") && !entry.isDirectory())
              .toList();
      if (files.isEmpty()) {
        throw new IOException("%s holds no folder %s".formatted(jar.getName(), folder));
      }
      for (JarEntry file : files) {
        Path path = target.resolve(file.getName().substring(folder.length() + 1)).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the jar names a place outside of itself: " + file.getName());
        }
        write(jar, file, path);
      }
    }
  }

  private static void write(JarFile jar, JarEntry file, Path path) throws IOException {
    Files.createDirectories(path.getParent());
    try (InputStream in = jar.getInputStream(file)) {
      Files.copy(in, path, StandardCopyOption.REPLACE_EXISTING);
    }
    // jars do not tell what can be executed
    if (path.getParent().endsWith("bin") && !path.toFile().setExecutable(true, false)) {
      throw new IOException(path + " cannot be made executable");
    }
  }
}
