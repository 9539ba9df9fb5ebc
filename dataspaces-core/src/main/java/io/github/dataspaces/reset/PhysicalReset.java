package io.github.dataspaces.reset;

import io.github.dataspaces.runtime.DatabaseRuntime;
import io.github.dataspaces.runtime.Server;
import io.github.dataspaces.runtime.ServerState;
import io.github.dataspaces.runtime.Uninterrupted;
import io.github.dataspaces.storage.CloneReport;
import io.github.dataspaces.storage.DirectoryStorage;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Puts back every file of a server. Works after whatever was done to it, because nothing of the old
 * files is kept.
 *
 * <p>The new files are made while the old server still runs: it is away only for as long as it
 * takes to end it and start the new one, and if copying fails nothing has happened to it.
 */
public final class PhysicalReset {

  private final DatabaseRuntime runtime;

  /** Resets servers of that runtime. */
  public PhysicalReset(DatabaseRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * @param current the server as it is
   * @param renewed the same server with a data directory that is not there yet
   * @param snapshot the files to go back to
   * @param commit makes the new data directory the dataspace's; once it returns there is no way
   *     back
   */
  public CloneReport reset(Server current, Server renewed, Path snapshot, Runnable commit) {
    DirectoryStorage storage = runtime.storage(renewed.edition());
    CloneReport report = storage.clone(snapshot, renewed.data(), Optional.empty());
    Uninterrupted.run(() -> replace(current, renewed, commit));
    return report;
  }

  private void replace(Server current, Server renewed, Runnable commit) {
    ServerState before = runtime.state(current);
    // first, because ending a server at once costs it its unlogged tables: the old state must not
    // be the current one any more
    commit.run();
    runtime.stop(current, false);
    if (before != ServerState.STOPPED) {
      runtime.start(renewed);
    }
    if (before == ServerState.PAUSED) {
      runtime.pause(renewed);
    }
    runtime.beforeDeleting(current, Optional.of(renewed));
    runtime.storage(renewed.edition()).delete(current.data());
  }
}
