package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds SQL scripts and dumps: files and, with the prefix {@code classpath:}, from the class path.
 *
 * @param folder what relative paths start from
 * @param loader where {@code classpath:} looks
 */
public record ScriptReader(Path folder, ClassLoader loader) {

  private static final String CLASSPATH = "classpath:";

  /**
   * @throws DataspaceException {@link Reason#NOT_FOUND} if there is no such script
   */
  public SqlScript read(String place) {
    try {
      return new SqlScript(
          place, place.startsWith(CLASSPATH) ? resource(place) : file(folder.resolve(place)));
    } catch (IOException e) {
      throw new UncheckedIOException(place, e);
    }
  }

  /**
   * The dump in a place: a file, a folder, a resource, or {@code -} for the standard input.
   *
   * @throws DataspaceException {@link Reason#NOT_FOUND} if there is none
   */
  public DumpSource dump(String place) {
    if (place.equals(DumpSource.STANDARD_INPUT)) {
      return DumpSource.standardInput();
    }
    if (place.startsWith(CLASSPATH)) {
      return DumpSource.of(place, resourceUrl(place, "dump"));
    }
    Path path = folder.resolve(place).toAbsolutePath().normalize();
    if (!Files.exists(path)) {
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "There is no dump %s.".formatted(path),
          "Check the path, or write 'classpath:' before the name of a resource.");
    }
    return DumpSource.of(path);
  }

  private String resource(String place) throws IOException {
    try (InputStream in = resourceUrl(place, "script").openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private URL resourceUrl(String place, String what) {
    String name = place.substring(CLASSPATH.length()).replaceAll("^/+", "");
    URL url = loader.getResource(name);
    if (url == null) {
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "There is no %s '%s' on the class path.".formatted(what, name),
          "Put it under src/test/resources, or name a file without 'classpath:'.");
    }
    return url;
  }

  private static String file(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "There is no script %s.".formatted(path.toAbsolutePath().normalize()),
          "Check the path, or write 'classpath:' before the name of a resource.");
    }
    return Files.readString(path);
  }
}
