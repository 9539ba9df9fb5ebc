package io.github.dataspaces.runtime;

import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.process.Interactive;
import io.github.dataspaces.storage.DirectoryStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs database servers. Stateless: the process table or the container engine is asked every time.
 * Thread-safe; what is done to one server at a time is for the caller to see to.
 */
public interface DatabaseRuntime {

  /** What users call it. */
  String name();

  /** Why it cannot be used on this machine; empty if it can. */
  Optional<String> unavailable();

  /** Finds what was asked for, and fetches it if need be. */
  ServerEdition edition(EditionRequest request);

  /**
   * Makes an empty server with its owner and database in {@code server.data()}, and stops it
   * cleanly.
   */
  void initialise(Server server);

  /**
   * Starts a server and waits until it answers a query.
   *
   * @throws io.github.dataspaces.config.DataspaceException with the end of its log if it does not
   */
  RunningDatabase start(Server server);

  /**
   * What it is doing.
   *
   * @throws io.github.dataspaces.config.DataspaceException {@code INFRASTRUCTURE} if that cannot be
   *     known
   */
  ServerState state(Server server);

  /** How to reach it while it runs. */
  RunningDatabase running(Server server);

  /**
   * Stops a server that runs or is paused, and waits until it is gone; does nothing if it is
   * stopped.
   *
   * @param clean false if its data is about to be thrown away: then it is ended at once, and may be
   *     ending until it is started on other data, or {@link #beforeDeleting} returns
   */
  void stop(Server server, boolean clean);

  /** Freezes it in memory. */
  void pause(Server server);

  /** Thaws it. */
  void resume(Server server);

  /** Handles its files, with the rights of whoever owns them. */
  DirectoryStorage storage(ServerEdition edition);

  /** Makes a stopped server's data directory complete in itself, so that a clone of it is. */
  void beforeCloning(Server server);

  /**
   * Clears away what a stopped server has outside of its data directory, which is about to be
   * deleted.
   *
   * @param successor the server that takes its place, whose files stay
   */
  void beforeDeleting(Server server, Optional<Server> successor);

  /** Ends whatever still uses a data directory that nobody knows any more. */
  void endLeftover(Path data);

  /** Ends work on files that processes have begun which are no more. */
  void endAbandonedWork();

  /** Removes what processes that died have left half-made of what servers share; says what. */
  List<Path> sweepShared();

  /** Gives back what the servers of a home share, unless one of them still runs. */
  void releaseShared();

  /** Ends servers of this home whose dataspace is not among {@code known}; says which. */
  List<String> endOrphans(List<String> known, boolean dryRun);

  /**
   * Where the engine's own programs reach what this machine reaches.
   *
   * @param edition whose programs
   */
  ProgramPlace programs(ServerEdition edition, Flavour flavour);

  /**
   * The command that opens the engine's own client on it; to be run with the terminal's streams.
   */
  Interactive client(Server server, Optional<String> command);

  /**
   * The engine's own program that dumps the database of a server that runs.
   *
   * @throws io.github.dataspaces.config.DataspaceException {@code NOT_FOUND} if there is none, with
   *     how to get it
   */
  DumpTool dumpTool(Server server);

  /** The command that opens a shell where the server is. */
  Interactive shell(Server server, Optional<String> command);
}
