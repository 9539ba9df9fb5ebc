package io.github.dataspaces.runtime.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells a program a secret without showing it in the process list: a file that only its owner
 * reads, for a moment.
 */
record SecretFile(Path path) implements AutoCloseable {

  static SecretFile with(String secret, Path folder) {
    try {
      // temporary files are their owner's only
      Path file = Files.createTempFile(folder, "secret", ".scratch");
      Files.writeString(file, secret);
      return new SecretFile(file);
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
