package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Names;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.reset.FastReset;
import io.github.dataspaces.reset.FastReset.Marked;
import io.github.dataspaces.reset.FastReset.Outcome;
import io.github.dataspaces.reset.FastResets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one dataspace back to states it was in, again and again, as tests need it: without
 * restarting the server where the engine allows and nothing was changed that needs more. Exact
 * either way: where the fast way does not restore everything, every file is put back.
 *
 * <p>Used by one thread at a time.
 */
public final class ResetSession implements AutoCloseable {

  private static final String BEGINNING = "the beginning";

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  private final Dataspace dataspace;
  private final Inspection inspection;
  private final Runnable toBeginning;
  private final Set<String> states = new LinkedHashSet<>();

  /** The state that there are files of, for each that can be gone to on those. */
  private final Map<String, String> files = new HashMap<>(Map.of(BEGINNING, BEGINNING));

  /** The state with files that the server could be put back to where it is now; empty if none. */
  private String filed = BEGINNING;

  private volatile Optional<FastReset> fast = Optional.empty();

  /** Why the fast way was not enough, the last time it was not. */
  private String obstacle = "";

  /**
   * @param toBeginning puts every file back as it was when the session began
   */
  ResetSession(Dataspace dataspace, Services services, Runnable toBeginning) {
    this.dataspace = dataspace;
    this.inspection = new Inspection(services);
    this.toBeginning = toBeginning;
  }

  /** Begins; nobody has written since the dataspace was made, or handed over. */
  ResetSession begin() {
    fastReset()
        .filter(resets -> !resets.knows(BEGINNING))
        .ifPresent(resets -> resets.mark(BEGINNING));
    return this;
  }

  /**
   * Notes the state as it is, under a name that can be gone back to in this session. Ends all
   * connections, unless nothing was written since the state that was last noted or gone back to.
   *
   * @param state a name that a snapshot can have, and no state of this session has
   * @return whether connections from before are still good
   */
  public boolean take(String state) {
    if (has(Names.snapshot(state))) {
      throw new DataspaceException(
          Reason.ALREADY_EXISTS,
          "There is a snapshot '%s' already.".formatted(state),
          "Choose another name.");
    }
    Marked marked = fastReset().map(resets -> note(resets, state)).orElseGet(() -> file(state));
    states.add(state);
    LOG.debug("'{}' as it is was noted as '{}': {}", dataspace.name(), state, marked);
    return marked == Marked.SAME;
  }

  private Marked note(FastReset resets, String state) {
    Marked marked = resets.mark(state);
    if (resets.needsFiles()) {
      if (marked == Marked.APART || filed.isEmpty()) {
        whileStopped(() -> file(state));
        resets.mark(state);
      }
      files.put(state, filed);
    }
    return marked;
  }

  /** Does what stops the dataspace for a moment, or clones its files. */
  public void whileStopped(Runnable work) {
    // MySQL, for one, waits ten seconds for whoever listens to its log
    fast.ifPresent(FastReset::close);
    try {
      work.run();
    } finally {
      fast.ifPresent(FastReset::reconnect);
    }
  }

  private Marked file(String state) {
    dataspace.snapshot(state, false);
    files.put(state, state);
    filed = state;
    return Marked.APART;
  }

  /** Whether this session has noted a state of that name. */
  public boolean has(String state) {
    return states.contains(state);
  }

  /** The states that this session has noted, the oldest first. */
  public List<String> states() {
    return List.copyOf(states);
  }

  /**
   * Goes back to a state that was noted. The server runs when this returns.
   *
   * @return whether connections from before are still good: nothing had been written
   */
  public boolean to(String state) {
    Optional<FastReset> resets = fastReset();
    if (resets.isPresent() && resets.get().knows(state)) {
      Outcome outcome = back(resets.get(), state);
      if (outcome != Outcome.BEYOND) {
        filed = files.getOrDefault(state, "");
        LOG.debug("'{}' is back at '{}': {}", dataspace.name(), state, outcome);
        return outcome == Outcome.UNTOUCHED;
      }
      LOG.info("Every file of '{}' is put back: {}", dataspace.name(), obstacle);
    } else {
      resets.ifPresent(this::fileAll);
    }
    toOnFiles(state);
    return false;
  }

  private void toOnFiles(String state) {
    filed = files.getOrDefault(state, "");
    if (filed.isEmpty()) {
      lose(state);
    }
    putFilesBack(filed);
    if (!filed.equals(state) && back(fastReset().orElseThrow(), state) == Outcome.BEYOND) {
      lose(state);
    }
  }

  /**
   * Goes to a snapshot, which may be another dataspace's: every file is put back the first time,
   * and it is gone back to as fast as to others after that.
   *
   * @return whether connections from before are still good: nothing had been written
   */
  public boolean to(SnapshotReference snapshot) {
    files.put(snapshot.toString(), snapshot.toString());
    return to(snapshot.toString());
  }

  /**
   * Goes back to the state that the session began with.
   *
   * @return whether connections from before are still good: nothing had been written
   */
  public boolean toBeginning() {
    return to(BEGINNING);
  }

  private void putFilesBack(String state) {
    Optional<FastReset> before = fast;
    letGo();
    if (state.equals(BEGINNING)) {
      toBeginning.run();
    } else {
      dataspace.rollback(SnapshotReference.parse(state, dataspace.name()));
    }
    dataspace.start();
    fastReset()
        .ifPresent(
            resets -> {
              before.ifPresent(resets::inherit);
              resets.mark(state);
            });
  }

  /** What was noted on the server alone would not outlast the server's files. */
  private void fileAll(FastReset resets) {
    for (String state : states) {
      if (!files.containsKey(state) && back(resets, state) != Outcome.BEYOND) {
        file(state);
      }
    }
  }

  /** If a test, or a copy, has ended the server, it is started and what is there is used. */
  private Outcome back(FastReset resets, String state) {
    try {
      return reset(resets, state);
    } catch (DataspaceException e) {
      LOG.debug("The server could not be reset", e);
    }
    try {
      dataspace.start();
      resets.reconnect();
      return reset(resets, state);
    } catch (DataspaceException e) {
      LOG.debug("The server could not be reset after a restart", e);
      obstacle = e.problem();
      return Outcome.BEYOND;
    }
  }

  private Outcome reset(FastReset resets, String state) {
    Outcome outcome = resets.back(state);
    obstacle = resets.obstacle();
    return outcome;
  }

  private void lose(String state) {
    throw new DataspaceException(
        Reason.WRONG_STATE,
        "'%s' cannot be put back to '%s': a test has changed what only files restore (%s), and there are none of that state."
            .formatted(dataspace.name(), state, obstacle),
        "Take that state with mvn dataspaces:snapshot, and begin with it: snapshot = \"<dataspace>/<snapshot>\".");
  }

  /** Forgets a state; its files are removed with the last state that is gone to on them. */
  public void drop(String state) {
    if (states.remove(state)) {
      String kept = files.remove(state);
      if (!files.containsValue(state)) {
        fast.ifPresent(resets -> resets.drop(state));
      }
      if (kept != null && !files.containsValue(kept)) {
        fast.ifPresent(resets -> resets.drop(kept));
        dataspace.deleteSnapshot(kept);
        filed = filed.equals(kept) ? "" : filed;
      }
    }
  }

  /**
   * Makes a pooled connection, which nobody uses, as good as a new one where nothing was written.
   *
   * @throws SQLException if that cannot be done, and a new one has to be opened
   */
  public void cleanSession(Connection connection) throws SQLException {
    if (fast.isEmpty()) {
      throw new SQLException("nothing is known of the server");
    }
    fast.get().cleanSession(connection);
  }

  /**
   * A connection of the dataspace's user to its database as it is now, opened ahead, if there is
   * one; for whoever asks first, and closes it.
   */
  public Optional<Connection> readyConnection() {
    return fast.flatMap(FastReset::readyConnection);
  }

  /**
   * A new connection of the dataspace's user to its database; the caller closes it. Thread-safe.
   */
  public Connection newConnection() throws SQLException {
    Optional<FastReset> resets = fast;
    return resets.isPresent()
        ? resets.get().newConnection()
        : inspection.running(dataspace.name()).connect();
  }

  /** Leaves the dataspace, which is at its beginning, to whoever is next, in another process. */
  void handOver() {
    fast.ifPresent(resets -> resets.handOver(BEGINNING));
    fast = Optional.empty();
  }

  /** Removes what this session keeps on the server to be fast. */
  public void tidy() {
    fast.ifPresent(FastReset::forget);
    fast = Optional.empty();
  }

  /** Lets go of the server, without tidying: for a dataspace that is about to be destroyed. */
  @Override
  public void close() {
    letGo();
  }

  private void letGo() {
    fast.ifPresent(FastReset::close);
    fast = Optional.empty();
  }

  private Optional<FastReset> fastReset() {
    if (fast.isEmpty()) {
      fast = FastResets.of(inspection.running(dataspace.name()));
    }
    return fast;
  }
}
