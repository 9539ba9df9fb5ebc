package io.github.dataspaces.maven;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files that hold a password: nobody else may read them, not even for the moment they are
 * being written.
 */
final class OwnerOnlyFile {

  private OwnerOnlyFile() {}

  /** Writes the file at once; whoever reads it sees the old content or the new. */
  static void write(Path file, String content) {
    try {
      Path folder = file.toAbsolutePath().normalize().getParent();
      Files.createDirectories(folder);
      // made readable by its owner alone
      Path scratch = Files.createTempFile(folder, "." + file.getFileName(), ".scratch");
      try {
        Files.writeString(scratch, content);
        Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(scratch);
      }
    } catch (IOException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "%s cannot be written: %s.".formatted(file, e),
          "Name a file in a folder that can be written.",
          e);
    }
  }
}
