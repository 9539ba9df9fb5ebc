package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.Exports;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.Migrations;
import io.github.dataspaces.config.SnapshotReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A dataspace. Holds no state of its own: every call looks at what is there. Thread-safe. */
public final class Dataspace {

  private static final String BEGINNING = "beginning";

  private final String name;
  private final Services services;

  Dataspace(String name, Services services) {
    this.name = name;
    this.services = services;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What is known of it. */
  public DataspaceInfo info() {
    return new Inspection(services).info(name);
  }

  /**
   * How to connect to it.
   *
   * @throws DataspaceException {@code WRONG_STATE} if it is stopped
   */
  public ConnectionInfo connection() {
    return new Inspection(services).connection(name);
  }

  /** Starts it on the port it had; a paused one is resumed; does nothing if it runs. */
  public void start() {
    new Lifecycle(services).start(name);
  }

  /** Stops it cleanly; does nothing if it is stopped. */
  public void stop() {
    new Lifecycle(services).stop(name);
  }

  /** Freezes it in memory: queries stall until it is resumed. */
  public void pause() {
    new Lifecycle(services).pause(name);
  }

  /** Thaws it. */
  public void resume() {
    new Lifecycle(services).resume(name);
  }

  /**
   * Removes it, also if its record is damaged.
   *
   * @param snapshots whether its snapshots go too
   */
  public void destroy(boolean snapshots) {
    new Lifecycle(services).destroy(name, snapshots);
  }

  /**
   * Takes a snapshot. A running server is stopped while its files are cloned and started again,
   * also if cloning fails.
   *
   * @param update whether an existing snapshot of that name may be replaced
   */
  public SnapshotInfo snapshot(String snapshot, boolean update) {
    SnapshotReference reference = new SnapshotReference(name, snapshot);
    return Inspection.info(new SnapshotOperations(services).take(reference, update));
  }

  /** Its snapshots, the oldest first. One whose manifest is damaged is listed as not readable. */
  public List<SnapshotInfo> snapshots() {
    return new Inspection(services).snapshots(name);
  }

  /** Goes back to a snapshot of its own: same port, same credentials. */
  public void rollback(String snapshot) {
    rollback(new SnapshotReference(name, snapshot));
  }

  /** Goes back, or over, to a snapshot, which may be another dataspace's. */
  public void rollback(SnapshotReference reference) {
    new SnapshotOperations(services).rollback(name, reference);
  }

  /**
   * Brings its schema up to date. If that fails, what was applied before stays, as the tool left
   * it.
   *
   * @return the names of the migrations that were applied, in order; none where the tool does not
   *     tell
   * @throws DataspaceException naming the migration that failed and why, or {@code WRONG_STATE} if
   *     the dataspace is stopped
   */
  public List<String> migrate(Migrations migrations) {
    return new MigrationOperations(services).migrate(name, migrations);
  }

  /**
   * Imports dumps, or what is in a database elsewhere. Whatever runs on it is ended, and nothing of
   * a dump that fails is kept: it is imported into a clone of the files, which takes their place
   * when all of it is there.
   *
   * @throws DataspaceException {@code INVALID} naming the dump, the place in it and what is wrong
   *     there, {@code INCOMPATIBLE} for a dump of another engine, {@code WRONG_STATE} if the
   *     dataspace does not run
   */
  public void importDump(Imports imports) {
    new ImportOperations(services).run(name, imports);
  }

  /**
   * Exports a dump, by the engine's own program: the same bytes as long as nothing changes. All of
   * the database is dumped while it is used. For some tables it is stopped for as long as its files
   * are cloned, and a copy without the others is dumped.
   *
   * @return the file, which is there only when all of it has been written
   * @throws DataspaceException {@code NOT_FOUND} if a table or the file's folder is not there, or
   *     the machine has no program that can do it, {@code INVALID} if the engine has no such
   *     format, {@code INFRASTRUCTURE} if the file cannot be written, {@code WRONG_STATE} if the
   *     dataspace does not run
   */
  public Path exportDump(Exports exports) {
    return new ExportOperations(services).run(name, exports);
  }

  /**
   * Begins to go back to states again and again, fast: the state of now is the beginning, of which
   * a snapshot is taken. The caller closes it.
   */
  public ResetSession resets() {
    snapshot(BEGINNING, true);
    return new ResetSession(this, services, () -> rollback(BEGINNING)).begin();
  }

  /** Deletes a snapshot of its own. */
  public void deleteSnapshot(String snapshot) {
    new SnapshotOperations(services).delete(new SnapshotReference(name, snapshot));
  }

  /** Makes an independent dataspace of what this one is now. */
  public Dataspace copy(String to) {
    new Creation(services).copy(name, to);
    return new Dataspace(to, services);
  }

  /**
   * Opens the engine's own client on it, with this process's streams.
   *
   * @param command what to run instead of a dialogue
   * @return the client's exit code
   */
  public int client(Optional<String> command) {
    return new Lifecycle(services).client(name, command);
  }

  /**
   * Opens a shell where the server is: in its container, or in its folder.
   *
   * @param command what to run instead of a dialogue
   * @return the shell's exit code
   */
  public int shell(Optional<String> command) {
    return new Lifecycle(services).shell(name, command);
  }
}
