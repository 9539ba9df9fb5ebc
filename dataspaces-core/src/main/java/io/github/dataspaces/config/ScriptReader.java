package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads SQL scripts from files and, with the prefix {@code classpath:}, from the class path.
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

  private String resource(String place) throws IOException {
    String name = place.substring(CLASSPATH.length()).replaceAll("^/+", "");
    try (InputStream in = loader.getResourceAsStream(name)) {
      if (in == null) {
        throw new DataspaceException(
            Reason.NOT_FOUND,
            "There is no script '%s' on the class path.".formatted(name),
            "Put it under src/test/resources, or name a file without 'classpath:'.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
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
