package io.github.dataspaces.storage;

import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies with rsync. Files that an earlier copy has too are linked to it rather than copied:
 * nothing ever opens a snapshot's files for writing, so the two copies can share them.
 */
final class Rsync implements DirectoryCloner {

  private static final Pattern TRANSFERRED =
      Pattern.compile("Total transferred file size: ([0-9]+) bytes");

  private final CommandRunner runner;

  Rsync(CommandRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "rsync";
  }

  @Override
  public boolean supports(Path source, Path parent) {
    return runner.has("rsync");
  }

  @Override
  public boolean sharesBlocks() {
    return false;
  }

  @Override
  public OptionalLong cloneTo(Path source, Path target, Optional<Path> earlier)
      throws CloneFailedException {
    List<String> command =
        new ArrayList<>(List.of("rsync", "-aHX", "--stats", "--no-human-readable"));
    command.add("--whole-file");
    // without it rsync compares times by the second, and misses a page that was written in the same
    // one
    command.add("--modify-window=-1");
    if (earlier.isPresent() && !timesTell(source)) {
      command.add("--checksum");
    }
    earlier.ifPresent(path -> command.add("--link-dest=" + path));
    command.add(source + "/");
    command.add(target + "/");
    CommandResult result = runner.run(command);
    if (!result.ok()) {
      throw new CloneFailedException(result.lastLines());
    }
    Matcher matcher = TRANSFERRED.matcher(result.output());
    return matcher.find()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /**
   * In memory, what is written through a mapping leaves a file's time as it was; and there MariaDB
   * writes its log like that.
   */
  private static boolean timesTell(Path folder) {
    try {
      return !Files.getFileStore(folder).type().equals("tmpfs");
    } catch (IOException e) {
      return false;
    }
  }
}
