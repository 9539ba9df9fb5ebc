package io.github.dataspaces.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.Assertions;

/**
 * Every file of a folder with all that makes it what it is: kind, permissions, owner, time, size,
 * content.
 */
public final class Tree {

  private Tree() {}

  /** By the path in the folder. */
  public static Map<String, String> of(Path folder) {
    Map<String, String> files = new TreeMap<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              files.put(folder.relativize(path).toString(), described(path));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              files.put(folder.relativize(path).toString(), described(path));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Fails with what differs. */
  public static void assertSame(Map<String, String> actual, Map<String, String> expected) {
    Set<String> paths = new TreeSet<>(actual.keySet());
    paths.addAll(expected.keySet());
    List<String> differences =
        paths.stream()
            .filter(path -> !Objects.equals(actual.get(path), expected.get(path)))
            .map(
                path ->
                    "%s: expected %s but was %s"
                        .formatted(path, expected.get(path), actual.get(path)))
            .limit(20)
            .toList();
    Assertions.assertThat(differences).isEmpty();
  }

  /** All of a home but its locks, which are made and kept for every name that is ever asked for. */
  public static Map<String, String> ofHome(Path home) {
    Map<String, String> files = of(home);
    files.keySet().removeIf(path -> path.isEmpty() || path.startsWith("locks"));
    return files;
  }

  private static String described(Path path) {
    try {
      Map<String, Object> unix =
          Files.readAttributes(
              path, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
      return "%o %s:%s %s %s"
          .formatted(
              (Integer) unix.get("mode"),
              unix.get("uid"),
              unix.get("gid"),
              unix.get("lastModifiedTime"),
              content(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    if (!Files.isRegularFile(path)) {
      return "";
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Files.size(path)
          + " "
          + HexFormat.of().formatHex(digest.digest(Files.readAllBytes(path)), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
