package io.github.dataspaces.junit;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.SnapshotReference;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A dataspace that tests are using, and the pool they reach it through. Thread-safe.
 *
 * <p>Snapshots are taken and dropped like a stack: {@link #mark} notes how many there are, {@link
 * #dropSince} drops those that came later.
 */
final class LiveDataspace {

  private final Dataspaces dataspaces;
  private final io.github.dataspaces.Dataspace dataspace;
  private final List<String> relatives;
  private final Reset reset;
  private final Pool pool;
  private final List<String> snapshots = new ArrayList<>();
  private volatile ConnectionInfo connection;
  private final Thread atExit = new Thread(this::close, "dataspaces-exit");
  private @Nullable Connection lent;
  private boolean closed;

  /**
   * Makes and starts it.
   *
   * @param relatives other dataspaces whose snapshots can be named without them, the nearest first
   * @param user who uses it first
   */
  LiveDataspace(Dataspaces dataspaces, DataspaceSpec spec, List<String> relatives, String user) {
    this.dataspaces = dataspaces;
    this.dataspace = dataspaces.create(spec);
    this.relatives = List.copyOf(relatives);
    this.reset = new Reset(dataspace);
    this.connection = dataspace.connection();
    this.pool = new Pool(spec.name(), connection, user);
    // JUnit closes nothing when it is interrupted
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  String name() {
    return dataspace.name();
  }

  ConnectionInfo connection() {
    return connection;
  }

  DataSource dataSource() {
    return pool;
  }

  /** Says who uses it from now on. The connection that was lent to the last user is closed. */
  synchronized void usedBy(String label) {
    takeBack();
    pool.usedBy(label);
  }

  /** The connection of the current user; another one if a snapshot or a rollback ended the last. */
  synchronized Connection lend() {
    try {
      if (lent == null || lent.isClosed()) {
        lent =
            DriverManager.getConnection(
                connection.jdbcUrl(), connection.username(), connection.password());
      }
      return lent;
    } catch (SQLException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "No connection to dataspace '%s' can be had: %s.".formatted(name(), e.getMessage()),
          "If the test took many, close them; if its server has ended, see its log.",
          e);
    }
  }

  private void takeBack() {
    if (lent != null) {
      Pool.end(lent);
      lent = null;
    }
  }

  /** Does something that no connection survives. */
  private synchronized void whileEmpty(Consumer<Map<String, Integer>> leaks, Runnable change) {
    takeBack();
    pool.whileEmpty(leaks, change);
  }

  /** Takes a snapshot between tests, when no connection should be open. */
  SnapshotReference snapshotBetweenTests(String snapshot) {
    snapshot(snapshot, Pool::warn);
    return new SnapshotReference(name(), snapshot);
  }

  /** Takes a snapshot on a test's request. */
  void snapshot(String snapshot) {
    snapshot(snapshot, leaks -> {});
  }

  private synchronized void snapshot(String snapshot, Consumer<Map<String, Integer>> leaks) {
    whileEmpty(leaks, () -> reset.take(snapshot));
    snapshots.add(snapshot);
  }

  /** Goes to a state between tests, when no connection should be open. */
  void rollbackBetweenTests(SnapshotReference snapshot) {
    rollback(snapshot, Pool::warn);
  }

  /** Goes to a state on a test's request. */
  void rollback(String snapshot) {
    rollback(resolve(snapshot), leaks -> {});
  }

  private synchronized void rollback(
      SnapshotReference snapshot, Consumer<Map<String, Integer>> leaks) {
    whileEmpty(
        leaks,
        () -> {
          reset.to(snapshot);
          reconnect(snapshot);
        });
  }

  /** Another dataspace's snapshot can bring another password, but must not bring another URL. */
  private void reconnect(SnapshotReference snapshot) {
    ConnectionInfo now = dataspace.connection();
    if (!now.jdbcUrl().equals(connection.jdbcUrl())
        || !now.username().equals(connection.username())) {
      throw new DataspaceException(
          Reason.INCOMPATIBLE,
          "Snapshot '%s' is of %s, but these tests use %s.".formatted(snapshot, now, connection),
          "Give both dataspaces the same database and username in dataspaces.yaml.");
    }
    pool.password(now.password());
    connection = now;
  }

  /**
   * The snapshot that a test means by a name.
   *
   * @throws DataspaceException {@code NOT_FOUND} with those there are
   */
  SnapshotReference resolve(String snapshot) {
    return resolve(
        dataspaces, Stream.concat(Stream.of(name()), relatives.stream()).toList(), snapshot);
  }

  /** As the other, for a dataspace that is not there yet: in those dataspaces, in that order. */
  static SnapshotReference resolve(Dataspaces dataspaces, List<String> owners, String snapshot) {
    if (snapshot.contains("/")) {
      return SnapshotReference.parse(snapshot, "");
    }
    List<SnapshotReference> known =
        owners.stream()
            .flatMap(owner -> dataspaces.snapshots(owner).stream())
            .map(info -> new SnapshotReference(info.dataspace(), info.name()))
            .toList();
    return known.stream()
        .filter(reference -> reference.snapshot().equals(snapshot))
        .findFirst()
        .orElseThrow(() -> missing(snapshot, known));
  }

  private static DataspaceException missing(String snapshot, List<SnapshotReference> known) {
    List<String> names =
        known.stream()
            .map(SnapshotReference::snapshot)
            .filter(name -> !name.startsWith(OneForAll.BASELINE))
            .distinct()
            .toList();
    return new DataspaceException(
        Reason.NOT_FOUND,
        "There is no snapshot '%s' for these tests.".formatted(snapshot),
        "%s Take it in @BeforeAll with DataspaceHandle.snapshot(\"%s\"), or name another dataspace's as <dataspace>/%s."
            .formatted(
                names.isEmpty()
                    ? "There are none."
                    : "There are: %s.".formatted(String.join(", ", names)),
                snapshot,
                snapshot));
  }

  /** How many snapshots there are. */
  synchronized int mark() {
    return snapshots.size();
  }

  /** Drops the snapshots that were taken since {@link #mark} gave that number. */
  synchronized void dropSince(int mark) {
    while (snapshots.size() > mark) {
      String last = snapshots.remove(snapshots.size() - 1);
      dataspaces.deleteSnapshot(new SnapshotReference(name(), last));
    }
  }

  /**
   * Copies it as it is to a dataspace that stays, and stops that.
   *
   * @return how to connect to the copy once it is started
   */
  synchronized ConnectionInfo copy(String to) {
    List<ConnectionInfo> copied = new ArrayList<>();
    whileEmpty(
        leaks -> {},
        () -> {
          io.github.dataspaces.Dataspace copy = dataspace.copy(to);
          copied.add(copy.connection());
          copy.stop();
        });
    return copied.get(0);
  }

  /**
   * Destroys it, once. The pool goes last: it would wait for connections that are still at work.
   */
  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      whileEmpty(Pool::warn, () -> dataspace.destroy(true));
    } finally {
      pool.close();
      forgetExit();
    }
  }

  private void forgetExit() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // the process is exiting: the hook has run, or will find that there is nothing to do
    }
  }
}
