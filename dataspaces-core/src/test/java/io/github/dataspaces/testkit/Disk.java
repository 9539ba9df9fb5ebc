package io.github.dataspaces.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Disks of other kinds than the machine's own, which the environment names. */
public enum Disk {
  XFS,
  BTRFS,
  EXT4,
  /** 192 MB, to fill up. */
  SMALL;

  /** What those share who write to them, and one has alone who measures. */
  public static final String SPACE = "the free space of the disks";

  /** A new folder on it that everybody may use; skips the test where the disk is missing. */
  public Path folder() {
    String variable = "DATASPACES_TEST_" + name();
    String place = System.getenv(variable);
    DockerEngine.requireThat(
        place != null && Files.isDirectory(Path.of(place)),
        variable + " names no folder: what needs that disk is skipped");
    try {
      Path folder = Files.createTempDirectory(Path.of(place), "test-");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> Command.run(Map.of(), "rm", "-rf", folder.toString())));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
