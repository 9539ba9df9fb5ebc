package io.github.dataspaces.flavour;

import io.github.dataspaces.process.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How an engine runs as a native process, from binaries that come as a Maven artifact. */
public interface NativeRecipe {

  /** The binaries' artifact for a platform; empty if nobody publishes any for it. */
  Optional<Artifact> artifact(Platform platform);

  /** The versions, as users name them, that there are binaries of; the one that is meant first. */
  List<String> versions();

  /**
   * The artifact's version for a version as asked for, for example {@code 17.11.0} for {@code 17};
   * empty if none is known.
   */
  Optional<String> artifactVersion(String version);

  /** The variables that keep the engine's settings of whoever starts the build away from it. */
  Map<String, String> environment();

  /**
   * What a server works with.
   *
   * @param programs the engine's unpacked programs
   * @param files the server's files
   * @param temporary a folder for those it needs for a while, which no other server uses
   */
  record Place(Path programs, Path files, Path temporary) {}

  /**
   * What {@link #initialise} is told in secret, because the process list shows everybody its
   * arguments: the owner's password, in whatever form the engine wants it.
   */
  String secret(Place place, Credentials credentials);

  /**
   * Makes the files of an empty server with that owner in a folder that is empty; {@code secret}
   * holds {@link #secret}, and is the command's standard input too.
   */
  List<String> initialise(Place place, Credentials credentials, Path secret, String version);

  /** Launches the server, its output going to {@code log}. */
  Launch launch(Place place, int port, Path log, List<String> serverArguments);

  /** Has the server stop that is this process; returns at once. */
  List<String> stop(Place place, long pid, boolean clean);

  /**
   * Statements that make the database, run as the owner on {@link #initialDatabase}; none if it is
   * there.
   */
  List<String> createDatabase(Credentials credentials);

  /** A database that every new server has. */
  String initialDatabase();

  /** The file in which a server notes its process; one that was killed leaves it behind. */
  Path processFile(Path files);

  /** The process that serves these files, if there is one alive. */
  OptionalLong pid(Path files);

  /** One of the engine's own tools among the programs, where they have it. */
  Optional<Path> tool(Path programs, String name);

  /**
   * A Maven artifact.
   *
   * @param groupId its group
   * @param artifactId its name
   * @param resource a file in it that no other artifact has: the archive of the programs, or where
   *     they are not in an archive, any
   * @param tree the folder in it that holds the programs as they are, by the artifact's version;
   *     empty if {@code resource} is an archive of them
   */
  record Artifact(String groupId, String artifactId, String resource, Optional<Tree> tree) {}

  /** Names the folder of a jar that holds a version's programs. */
  @FunctionalInterface
  interface Tree {
    String of(String version);
  }

  /**
   * A command that launches a server.
   *
   * @param command the program and its arguments
   * @param detaches whether it returns at once and leaves the server running; otherwise it is the
   *     server
   */
  record Launch(List<String> command, boolean detaches) {}
}
