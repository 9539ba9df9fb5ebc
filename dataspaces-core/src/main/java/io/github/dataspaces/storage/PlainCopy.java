package io.github.dataspaces.storage;

import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.CommandRunner;
import io.github.dataspaces.process.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Copies bytes; works everywhere. Where there is an earlier copy, unchanged files are linked to it.
 */
final class PlainCopy implements DirectoryCloner {

  private static final CopyOption[] EVERYTHING = {
    StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS
  };

  private static final String INCREMENTAL = script();

  private final CommandRunner runner;

  PlainCopy(CommandRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "copy";
  }

  @Override
  public boolean supports(Path source, Path parent) {
    return true;
  }

  @Override
  public boolean sharesBlocks() {
    return false;
  }

  @Override
  public OptionalLong cloneTo(Path source, Path target, Optional<Path> earlier)
      throws CloneFailedException {
    if (!Platform.current().posix()) {
      copyInJava(source, target);
      return OptionalLong.empty();
    }
    if (earlier.isPresent()) {
      String output =
          mustRun(
              Commands.with(List.of("sh", "-c", INCREMENTAL, "sh"), source, target, earlier.get()));
      return OptionalLong.of(Long.parseLong(output.strip()));
    }
    mustRun(Commands.with(List.of("cp", "-a"), source, target));
    return OptionalLong.empty();
  }

  private String mustRun(List<String> command) throws CloneFailedException {
    CommandResult result = runner.run(command);
    if (!result.ok()) {
      throw new CloneFailedException(result.lastLines());
    }
    return result.output();
  }

  private static String script() {
    try (InputStream in = PlainCopy.class.getResourceAsStream("incremental-copy.sh")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyInJava(Path source, Path target) throws CloneFailedException {
    try {
      walk(source, target);
    } catch (IOException e) {
      throw new CloneFailedException(String.valueOf(e.getMessage()));
    }
  }

  private static void walk(Path source, Path target) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(folder, target.resolve(source.relativize(folder)), EVERYTHING);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, target.resolve(source.relativize(file)), EVERYTHING);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
