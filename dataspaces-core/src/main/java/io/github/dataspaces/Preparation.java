package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.prepare.Preparer;
import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.RunningDatabase;
import io.github.dataspaces.runtime.Server;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a step on a server that is told what suits the step. */
final class Preparation {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  private final DatabaseRuntime runtime;
  private final Preparer preparer;

  Preparation(DatabaseRuntime runtime, Preparer preparer) {
    this.runtime = runtime;
    this.preparer = preparer;
  }

  /**
   * Starts a server and runs the step.
   *
   * @return the server as it runs now, which may be for another purpose
   */
  Server on(Server server) {
    Server suited = server.as(preparer.purpose());
    Optional<RunningDatabase> database = tryToStart(suited);
    preparer.prepare(database.orElseGet(() -> runtime.start(server)));
    return database.isPresent() ? suited : server;
  }

  /** What the files themselves say, such as a replication slot, may not go with it. */
  private Optional<RunningDatabase> tryToStart(Server suited) {
    try {
      return Optional.of(runtime.start(suited));
    } catch (DataspaceException e) {
      LOG.debug("It is started as it always is", e);
      return Optional.empty();
    }
  }
}
