package io.github.dataspaces.prepare;

import io.github.dataspaces.config.Migrations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The places that a Liquibase change log names, and those that they name: what it includes and what
 * it loads. Found in the text, because asking Liquibase would cost its start in every test run; a
 * place too many does no harm. Names with parameters in them are not found.
 *
 * @param loader where {@code classpath:} looks
 * @param root the folder that names begin at, or {@code classpath:}
 */
record ChangeLogFiles(ClassLoader loader, String root) {

  private static final Pattern NAMED =
      Pattern.compile("\\b(?:file|path)\\b[\"']?\\s*[:=]\\s*[\"']?([^\"'\\s,}]+)");
  private static final Pattern CHANGE_LOG = Pattern.compile(".*\\.(yaml|yml|xml|json)");

  /** The places, without the change log itself. */
  List<String> namedBy(String changeLog) {
    Set<String> found = new TreeSet<>();
    Deque<String> unread = new ArrayDeque<>(List.of(changeLog));
    while (!unread.isEmpty()) {
      String file = unread.pop();
      Matcher names = NAMED.matcher(text(file));
      while (names.find()) {
        for (String place : List.of(joined(root, names.group(1)), beside(file, names.group(1)))) {
          if (!place.equals(changeLog) && exists(place) && found.add(place)) {
            changeLogsIn(place).forEach(unread::add);
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private static String joined(String folder, String name) {
    String plain = name.replaceFirst("^(classpath:)?/*", "");
    return folder.endsWith(":") ? folder + plain : Path.of(folder, plain).normalize().toString();
  }

  private static String beside(String file, String name) {
    return joined(file.replace('\\', '/').replaceFirst("(?<=[/:])[^/:]*$", ""), name);
  }

  private boolean exists(String place) {
    return resource(place)
        .map(name -> !name.isEmpty() && loader.getResource(name) != null)
        .orElseGet(() -> Files.exists(Path.of(place)));
  }

  /** Of a folder on the class path only the names are not known, but it is hashed as a whole. */
  private List<String> changeLogsIn(String place) {
    if (resource(place).isPresent() || !Files.isDirectory(Path.of(place))) {
      return CHANGE_LOG.matcher(place).matches() ? List.of(place) : List.of();
    }
    try (Stream<Path> all = Files.walk(Path.of(place))) {
      return all.map(Path::toString)
          .filter(file -> CHANGE_LOG.matcher(file).matches())
          .filter(file -> Files.isRegularFile(Path.of(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(place, e);
    }
  }

  private String text(String place) {
    try {
      Optional<String> name = resource(place);
      if (name.isEmpty()) {
        return new String(Files.readAllBytes(Path.of(place)), StandardCharsets.UTF_8);
      }
      URL url = loader.getResource(name.get());
      if (url == null) {
        return "";
      }
      try (InputStream in = url.openStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(place, e);
    }
  }

  private static Optional<String> resource(String place) {
    return place.startsWith(Migrations.CLASSPATH)
        ? Optional.of(place.substring(Migrations.CLASSPATH.length()))
        : Optional.empty();
  }
}
