package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Migrations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The files that migrations are made of: in folders and jars, those of Java migrations included.
 */
final class MigrationFiles {

  private final ClassLoader loader;

  /**
   * @param loader where {@code classpath:} looks
   */
  MigrationFiles(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * A hash of the names and the bytes of all files in those places, subfolders included.
   *
   * @throws DataspaceException {@link Reason#NOT_FOUND} for a place that does not exist
   */
  String hash(List<String> places) {
    MessageDigest digest = sha256();
    for (String place : places) {
      Map<String, byte[]> files = files(place);
      if (files.isEmpty()) {
        throw missing(place);
      }
      files.forEach(
          (name, bytes) -> {
            digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
          });
      digest.update((byte) '\n');
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Whether a place has files, or is one. */
  boolean has(String place) {
    return !files(place).isEmpty();
  }

  private Map<String, byte[]> files(String place) {
    Map<String, byte[]> files = new TreeMap<>();
    try {
      if (place.startsWith(Migrations.CLASSPATH)) {
        String name = withoutPattern(place.substring(Migrations.CLASSPATH.length()));
        for (URL url : Collections.list(loader.getResources(name))) {
          addResource(url, name, files);
        }
      } else {
        addFiles(Path.of(withoutPattern(place)), files);
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(place, e);
    }
  }

  /** Flyway's places may have wildcards; what is before them is a folder that has all of it. */
  private static String withoutPattern(String place) {
    String fixed = place.replaceFirst("[*?].*$", "");
    return fixed.equals(place) ? place : fixed.replaceFirst("/[^/]*$", "");
  }

  private static void addResource(URL url, String name, Map<String, byte[]> files)
      throws IOException {
    if (url.getProtocol().equals("file")) {
      addFiles(Path.of(URI.create(url.toString())), files);
    } else if (url.openConnection() instanceof JarURLConnection connection) {
      // a cached jar would stay open, and be the old one after the file has changed
      connection.setUseCaches(false);
      try (JarFile jar = connection.getJarFile()) {
        addEntries(jar, name, files);
      }
    }
  }

  private static void addEntries(JarFile jar, String name, Map<String, byte[]> files)
      throws IOException {
    for (JarEntry entry : Collections.list(jar.entries())) {
      boolean inside = entry.getName().equals(name) || entry.getName().startsWith(name + "/");
      if (inside && !entry.isDirectory()) {
        try (InputStream in = jar.getInputStream(entry)) {
          files.put(entry.getName().substring(name.length()), in.readAllBytes());
        }
      }
    }
  }

  private static void addFiles(Path root, Map<String, byte[]> files) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(MigrationFiles::counts).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        files.put("/" + name, Files.readAllBytes(file));
      }
    }
  }

  /** Python compiles scripts when they are run first, and puts the result beside them. */
  private static boolean counts(Path file) {
    return Files.isRegularFile(file) && !file.getParent().endsWith("__pycache__");
  }

  private static DataspaceException missing(String place) {
    boolean resource = place.startsWith(Migrations.CLASSPATH);
    return new DataspaceException(
        Reason.NOT_FOUND,
        "There are no migrations in %s.".formatted(place),
        resource
            ? "Check the name, and that the project is compiled."
            : "Check the path, or write 'classpath:' before the name of a resource.");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
