package io.github.dataspaces.flavour;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A database engine: what is true of it, as data, and the few statements in which engines differ. A
 * new engine is one class, found by {@link java.util.ServiceLoader}. Implementations are stateless.
 */
public interface Flavour {

  /** What users call it, for example {@code postgres}. */
  String name();

  /** What else it is called. */
  Set<String> aliases();

  /** The version that is meant when none is named, as the tag of its image. */
  String defaultVersion();

  /**
   * The part of a version within which data directories can be exchanged: {@code 17} of {@code
   * 17.11}.
   */
  String majorOf(String version);

  /** How it runs in a container. */
  ContainerRecipe container();

  /** How it runs as a native process; empty for an engine without published binaries. */
  Optional<NativeRecipe> nativeServer();

  /**
   * The server's arguments. Never stored in the data directory, or they would be in every snapshot.
   */
  List<String> serverArguments(Purpose purpose);

  /** How a running server is put back between two tests. */
  LiveReset liveReset();

  /**
   * The JDBC URLs, without credentials: one for each driver that can be used. The first that a
   * driver on the class path accepts is the one.
   */
  List<String> jdbcUrls(String host, int port, String database);

  /** Driver properties that only connections of dataspaces itself have, for speed. */
  Map<String, String> driverProperties();

  /** What to add to a project whose class path has no driver for {@link #jdbcUrls}. */
  String driverArtifact();

  /**
   * What a client says to have the server say anything; nothing, where a server greets whoever
   * connects.
   */
  default byte[] hail() {
    return new byte[0];
  }

  /**
   * Whether a connection was refused by a server that is up: because password or database are not,
   * or are not any more, what they are thought to be.
   */
  boolean isUp(SQLException refusal);

  /** How scripts and dumps are run on it. */
  ScriptRecipe scripts();

  /** How its databases are dumped. */
  DumpRecipe dumps();

  /** How rows are moved between its tables. */
  RowRecipe rows();

  /** How what is in a database of it that runs elsewhere is had. */
  SourceRecipe source();

  /** A query that answers with the server's version as text. */
  String versionQuery();

  /**
   * The folder among the server's files whose links lead to files kept elsewhere; empty if the
   * engine has none.
   */
  Optional<String> linkFolder();

  /** Why a database and its owner cannot be called so; empty if they can. */
  Optional<String> objection(String database, String username);

  /** Changes the password of the connected user, and of the administrator if that is another. */
  String changePassword(String username, String password);

  /** What to install where a machine has no {@link #client}, for example a Debian package. */
  String clientPackage();

  /** The engine's own client, on that database; the password is in {@link #clientEnvironment}. */
  List<String> client(Address address);

  /** The client's arguments to run one command instead of a dialogue. */
  List<String> clientCommand(String command);

  /** The environment variables that the engine's own tools read, password included. */
  Map<String, String> clientEnvironment(Address address);

  /** The URL that most non-Java tools understand, credentials included. */
  String uri(Address address);
}
