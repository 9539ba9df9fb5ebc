package io.github.dataspaces.flavour;

import io.github.dataspaces.process.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** How an engine runs as a native process, from binaries that come as a Maven artifact. */
public interface NativeRecipe {

  /** The binaries' artifact for a platform. */
  Artifact artifact(Platform platform);

  /**
   * The artifact's version for a version as asked for, for example {@code 17.11.0} for {@code 17}.
   */
  String artifactVersion(String version);

  /** The variables that keep the engine's settings of whoever starts the build away from it. */
  Map<String, String> environment();

  /** A data directory that is being worked on: the unpacked programs and the server's files. */
  record Place(Path programs, Path files) {}

  /**
   * Makes the files of an empty server with that owner; the password is in {@code passwordFile}.
   */
  List<String> initialise(Place place, Credentials credentials, Path passwordFile, String version);

  /**
   * Launches the server; returns at once and leaves it running, its output going to {@code log}.
   */
  List<String> launch(Place place, int port, Path log, List<String> serverArguments);

  /** Has the server stop; returns at once. */
  List<String> stop(Place place, boolean clean);

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

  /**
   * A Maven artifact.
   *
   * @param groupId its group
   * @param artifactId its name
   * @param archive the name that an archive of programs in it ends with
   */
  record Artifact(String groupId, String artifactId, String archive) {}
}
