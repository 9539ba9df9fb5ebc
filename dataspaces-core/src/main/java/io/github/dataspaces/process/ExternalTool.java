package io.github.dataspaces.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    return find().flatMap(ExternalTool::version);
  }

  private static Optional<String> version(Path program) {
    Matcher said =
        VERSION.matcher(new HostCommands().run(List.of(program.toString(), "--version")).output());
    return said.find() ? Optional.of(said.group()) : Optional.empty();
  }

  /**
   * A program that is there.
   *
   * @param version as it says itself
   */
  public record Found(Path path, String version) {
    @Override
    public String toString() {
      return path + " of version " + version;
    }
  }

  /**
   * All programs of that name that say their version, on the PATH and in other places.
   *
   * @param places folders, in one of whose names there may be a star; those that are not there are
   *     passed over
   */
  public static List<Found> installed(String program, List<String> places) {
    ExternalTool named = new ExternalTool(program, "", "");
    return Stream.concat(
            named.find().stream(),
            places.stream().flatMap(ExternalTool::folders).flatMap(folder -> in(folder, program)))
        .flatMap(path -> version(path).map(version -> new Found(path, version)).stream())
        .toList();
  }

  private static Stream<Path> folders(String place) {
    int star = place.indexOf('*');
    if (star < 0) {
      return Stream.of(Path.of(place));
    }
    int begin = place.lastIndexOf('/', star) + 1;
    int end = place.indexOf('/', star);
    Path parent = Path.of(place.substring(0, begin));
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(parent, place.substring(begin, end))) {
      List<Path> folders = new ArrayList<>();
      found.forEach(folder -> folders.add(folder.resolve(place.substring(end + 1))));
      return folders.stream().sorted();
    } catch (IOException | DirectoryIteratorException e) {
      return Stream.empty(); // not there
    }
  }

  static Optional<Path> onPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    // root's PATH often lacks these when it was inherited from a user
    String folders = path + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/sbin";
    return Stream.of(folders.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> in(Path.of(folder), program))
        .findFirst();
  }

  private static Stream<Path> in(Path folder, String program) {
    return Stream.of(folder.resolve(program), folder.resolve(program + ".exe"))
        .filter(Files::isExecutable)
        .filter(Files::isRegularFile);
  }
}
