package io.github.dataspaces.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program of this machine that is used where it is there.
 *
 * @param name what it is called
 * @param purpose what it is used for
 * @param remedy how to get it
 */
public record ExternalTool(String name, String purpose, String remedy) {

  private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)+");

  /** Copies what changed, and nothing else. */
  public static final ExternalTool RSYNC =
      new ExternalTool(
          "rsync",
          "copies only what has changed",
          "Install it: apt-get install rsync, dnf install rsync, or brew install rsync.");

  /** Makes and clones subvolumes. */
  public static final ExternalTool BTRFS =
      new ExternalTool(
          "btrfs",
          "clones a data directory on btrfs at once",
          "Install it: apt-get install btrfs-progs.");

  /** Where it is, if it is there. */
  public Optional<Path> find() {
    return onPath(name);
  }

  /** The version it says it is, if it is there and says so. */
  public Optional<String> version() {
    return find()
        .map(path -> new HostCommands().run(List.of(path.toString(), "--version")).output())
        .map(VERSION::matcher)
        .filter(Matcher::find)
        .map(Matcher::group);
  }

  static Optional<Path> onPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    // root's PATH often lacks these when it was inherited from a user
    String folders = path + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/sbin";
    return Stream.of(folders.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> Stream.of(Path.of(folder, program), Path.of(folder, program + ".exe")))
        .filter(Files::isExecutable)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
