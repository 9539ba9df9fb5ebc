package io.github.dataspaces.storage;

import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.CommandRunner;
import io.github.dataspaces.process.Platform;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** Copies every byte; works everywhere. */
final class PlainCopy implements DirectoryCloner {

  private static final CopyOption[] EVERYTHING = {
    StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS
  };

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
  public long cloneTo(Path source, Path target, Optional<Path> earlier)
      throws CloneFailedException {
    if (Platform.current().posix()) {
      CommandResult result = runner.run(Commands.with(List.of("cp", "-a"), source, target));
      if (!result.ok()) {
        throw new CloneFailedException(result.lastLines());
      }
      return Long.MAX_VALUE;
    }
    try {
      copyInJava(source, target);
      return Long.MAX_VALUE;
    } catch (IOException e) {
      throw new CloneFailedException(String.valueOf(e.getMessage()));
    }
  }

  private static void copyInJava(Path source, Path target) throws IOException {
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
