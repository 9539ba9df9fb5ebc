package io.github.dataspaces.runtime.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The log of a native server, since its last start. */
final class ServerLog {

  private static final long TIME_TO_APPEAR = Duration.ofSeconds(2).toNanos();

  private final Path file;
  private final long begun = System.nanoTime();

  ServerLog(Path file) {
    this.file = file;
  }

  /** Whether the server may still be about to show itself. */
  boolean young() {
    return System.nanoTime() - begun < TIME_TO_APPEAR;
  }

  void startAfresh() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> lines() {
    try {
      // the server writes in whatever encoding it likes
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      return List.of("(there is no log)");
    }
  }
}
