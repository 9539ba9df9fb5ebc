package io.github.dataspaces.junit;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.TestServer;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.SnapshotReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A dataspace that tests are using, and the pool they reach it through. Thread-safe.
 *
 * <p>States are noted and dropped like a stack: {@link #mark} tells how many there are, {@link
 * #dropSince} drops those that came later.
 */
final class LiveDataspace {

  private final OpenHome home;
  private final TestServer server;
  private final List<String> relatives;
  private final boolean source;
  private final List<String> onDisk = new ArrayList<>();
  private final Pool pool;
  private final ConnectionInfo connection;
  private final Thread atExit = new Thread(this::destroy, "dataspaces-exit");
  private @Nullable Connection lent;
  private boolean closed;

  /**
   * @param server what it is, which is this one's alone until it is closed
   * @param relatives other dataspaces whose snapshots can be named without them, the nearest first
   * @param user who uses it first
   * @param traced whether to remember where connections are taken
   * @param source whether others are made of its snapshots
   */
  LiveDataspace(
      OpenHome home,
      TestServer server,
      List<String> relatives,
      String user,
      boolean traced,
      boolean source) {
    this.home = home;
    this.server = server;
    this.relatives = List.copyOf(relatives);
    this.source = source;
    this.connection = server.connection();
    ServerPool shared = home.pools().take(server.dataspace().name(), connection);
    this.pool = new Pool(server.resets(), shared, user, traced);
    // JUnit closes nothing when it is interrupted
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  String name() {
    return server.dataspace().name();
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
        lent = pool.getConnection();
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
      pool.end(lent);
      lent = null;
    }
  }

  /** Takes or restores a state: tells whether connections from before are still good. */
  private synchronized void change(boolean between, BooleanSupplier change) {
    takeBack();
    pool.whileUnused(between, change);
  }

  /** Notes the state between tests, when no connection should be open. */
  SnapshotReference snapshotBetweenTests(String snapshot) {
    change(true, () -> server.resets().take(snapshot));
    return new SnapshotReference(name(), snapshot);
  }

  /** Notes the state on a test's request. */
  void snapshot(String snapshot) {
    if (source) {
      snapshotOnDisk(snapshot);
    } else {
      change(false, () -> server.resets().take(snapshot));
    }
  }

  /** Has every file of the state kept, for others to be made of it. */
  synchronized SnapshotReference snapshotOnDisk(String snapshot) {
    change(
        false,
        () -> {
          server.resets().whileStopped(() -> server.dataspace().snapshot(snapshot, false));
          return false;
        });
    onDisk.add(snapshot);
    return new SnapshotReference(name(), snapshot);
  }

  /** Goes to a state between tests, when no connection should be open. */
  void rollbackBetweenTests(SnapshotReference snapshot) {
    change(true, () -> to(snapshot));
  }

  /** Goes to a state on a test's request. */
  void rollback(String snapshot) {
    SnapshotReference reference = resolve(snapshot);
    change(false, () -> to(reference));
  }

  private boolean to(SnapshotReference snapshot) {
    boolean own = snapshot.dataspace().equals(name()) && server.resets().has(snapshot.snapshot());
    if (own) {
      return server.resets().to(snapshot.snapshot());
    }
    boolean good = server.resets().to(snapshot);
    requireSameAddress(snapshot);
    return good;
  }

  /** Another dataspace's snapshot must not bring another URL. */
  private void requireSameAddress(SnapshotReference snapshot) {
    ConnectionInfo now = server.dataspace().connection();
    if (!now.jdbcUrl().equals(connection.jdbcUrl())
        || !now.username().equals(connection.username())) {
      throw new DataspaceException(
          Reason.INCOMPATIBLE,
          "Snapshot '%s' is of %s, but these tests use %s.".formatted(snapshot, now, connection),
          "Give both dataspaces the same database and username in dataspaces.yaml.");
    }
    pool.target(now);
  }

  /**
   * The snapshot that a test means by a name.
   *
   * @throws DataspaceException {@code NOT_FOUND} with those there are
   */
  SnapshotReference resolve(String snapshot) {
    if (server.resets().has(snapshot)) {
      return new SnapshotReference(name(), snapshot);
    }
    List<String> owners = Stream.concat(Stream.of(name()), relatives.stream()).toList();
    return resolve(home.dataspaces(), owners, server.resets().states(), snapshot);
  }

  /**
   * As the other, for a dataspace that is not there yet: in those dataspaces, in that order.
   *
   * @param others what else could be named
   */
  static SnapshotReference resolve(
      Dataspaces dataspaces, List<String> owners, List<String> others, String snapshot) {
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
        .orElseThrow(() -> missing(snapshot, others, known));
  }

  private static DataspaceException missing(
      String snapshot, List<String> others, List<SnapshotReference> known) {
    List<String> names =
        Stream.concat(others.stream(), known.stream().map(SnapshotReference::snapshot))
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

  /** How many states have been noted. */
  synchronized int mark() {
    return server.resets().states().size();
  }

  /** Forgets the states that were noted since {@link #mark} gave that number. */
  synchronized void dropSince(int mark) {
    List<String> states = server.resets().states();
    states.subList(Math.min(mark, states.size()), states.size()).forEach(server.resets()::drop);
  }

  /**
   * Copies it as it is to a dataspace that stays, and stops that.
   *
   * @return how to connect to the copy once it is started
   */
  synchronized ConnectionInfo copy(String to) {
    List<ConnectionInfo> copied = new ArrayList<>();
    change(
        false,
        () -> {
          server.resets().whileStopped(() -> copied.add(stoppedCopy(to)));
          return false;
        });
    return copied.get(0);
  }

  private ConnectionInfo stoppedCopy(String to) {
    io.github.dataspaces.Dataspace copy = server.dataspace().copy(to);
    ConnectionInfo connected = copy.connection();
    copy.stop();
    return connected;
  }

  /** Gives the server back, once. */
  synchronized void close() {
    end(server::giveBack);
  }

  /** The pool goes last: it would wait for connections that are still at work. */
  private synchronized void destroy() {
    end(server::destroy);
  }

  private void end(Runnable last) {
    if (closed) {
      return;
    }
    closed = true;
    try {
      change(true, () -> false);
      pool.retire();
      home.pools().giveBack(pool.shared());
    } finally {
      onDisk.forEach(server.dataspace()::deleteSnapshot);
      last.run();
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
