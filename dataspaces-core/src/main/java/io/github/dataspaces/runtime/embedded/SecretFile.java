package io.github.dataspaces.runtime.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Hands a password to a program without showing it in the process list: a file that only its owner
 * reads, for a moment.
 */
record PasswordFile(Path path) implements AutoCloseable {

  static PasswordFile with(String password, Path folder) {
    try {
      // temporary files are their owner's only
      Path file = Files.createTempFile(folder, "password", ".scratch");
      Files.writeString(file, password + "\n");
      return new PasswordFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
