package io.github.dataspaces.junit;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.ResetSession;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;

/**
 * The data source that tests get. It outlives whatever is done to the database between two tests:
 * while that lasts, whoever asks for a connection waits, and no connection that a test forgot to
 * close lives on. Those in the pool stay if nothing was written, with their sessions as good as
 * new.
 */
final class Pool implements DataSource {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Dataspace.class);
  private static final int MANY = 20;

  /**
   * For so long others may finish what they are at, such as a job or a request of an application.
   */
  private static final long GRACE_MILLISECONDS = 100;

  private static final long LOOK_NANOSECONDS = 200_000;

  private final ServerPool shared;
  private final HikariDataSource connections;
  private final Connections source;
  private final ResetSession resets;
  private final boolean traced;

  /** Who took each connection that may still be open. */
  private final Map<Connection, Taken> taken = new ConcurrentHashMap<>();

  /** Hikari's own suspension waits for whoever waits for a connection already. */
  private final Gate gate = new Gate();

  private volatile ConnectionInfo target;
  private volatile String user;
  private volatile boolean retired;

  /**
   * @param resets of the server
   * @param shared the server's, this one's alone until it is retired
   * @param user who takes connections at first
   * @param traced whether to remember where each is taken
   */
  Pool(ResetSession resets, ServerPool shared, String user, boolean traced) {
    this.resets = resets;
    this.shared = shared;
    this.connections = shared.pooled();
    this.source = shared.source();
    this.target = shared.target();
    this.user = user;
    this.traced = traced;
    source.openedBy(resets::newConnection);
    source.renew(resets.readyConnection());
  }

  /**
   * Who has a connection.
   *
   * @param by the thread that took it
   * @param place where it was taken, if that is remembered
   */
  private record Taken(String user, Thread by, Optional<Throwable> place) {

    boolean isAnothers() {
      return by != Thread.currentThread() && by.isAlive();
    }
  }

  /** Says who takes connections from now on, for the warning about those left open. */
  void usedBy(String label) {
    user = label;
  }

  /** From now on that is what it is to. */
  void target(ConnectionInfo other) {
    target = other;
  }

  /**
   * Does something to the database while nobody has a connection.
   *
   * @param between whether that is between two tests, when a connection that is open is a mistake
   *     worth telling
   * @param change tells whether connections to the database are still good; if so, their sessions
   *     are made as good as new before they are used again
   */
  void whileUnused(boolean between, BooleanSupplier change) {
    gate.shut();
    try {
      awaitOthers();
      whileNobodyHasAny(between, change);
    } finally {
      gate.open();
    }
  }

  private void awaitOthers() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLISECONDS);
    while (System.nanoTime() < deadline && taken.entrySet().stream().anyMatch(Pool::isAtWork)) {
      LockSupport.parkNanos(LOOK_NANOSECONDS);
    }
  }

  private static boolean isAtWork(Map.Entry<Connection, Taken> lease) {
    return lease.getValue().isAnothers() && isOpen(lease.getKey());
  }

  private void whileNobodyHasAny(boolean between, BooleanSupplier change) {
    endTaken(between);
    // now nobody waits for a connection that a leak keeps away, which would hold up the suspension
    Optional<HikariPoolMXBean> pool = Optional.ofNullable(connections.getHikariPoolMXBean());
    pool.ifPresent(HikariPoolMXBean::suspendPool);
    boolean good = false;
    try {
      endTaken(between);
      good = change.getAsBoolean();
    } finally {
      if (good) {
        source.clean(resets::cleanSession);
      } else {
        source.renew(resets.readyConnection());
      }
      pool.ifPresent(HikariPoolMXBean::resumePool);
    }
  }

  private void endTaken(boolean tell) {
    Map<String, List<Taken>> leaks = new TreeMap<>();
    taken.forEach(
        (connection, who) -> {
          if (isOpen(connection)) {
            leaks.computeIfAbsent(who.user(), label -> new ArrayList<>()).add(who);
          }
          end(connection);
        });
    if (tell) {
      leaks.forEach(this::warn);
    }
  }

  private void warn(String label, List<Taken> leaks) {
    LOG.warn(
        "{} left {} open, which was closed now. Close it in the test, for example with"
            + " try-with-resources.{}",
        label,
        leaks.size() == 1 ? "a connection" : leaks.size() + " connections",
        traced ? "" : " Say dataspaces.traceConnections=true to see where it was taken.");
    leaks.forEach(leak -> leak.place().ifPresent(place -> LOG.warn("It was taken here:", place)));
  }

  /** Ends a connection that may be in use: it is aborted, because closing waits for its query. */
  void end(Connection connection) {
    taken.remove(connection);
    if (!isOpen(connection)) {
      return;
    }
    try {
      RenewableConnection.of(connection).abort();
      connection.close();
    } catch (SQLException | RuntimeException e) {
      LOG.debug("A connection was broken already", e);
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    requireOpen();
    gate.pass();
    if (taken.size() > MANY) {
      taken.keySet().removeIf(connection -> !isOpen(connection));
    }
    Connection connection = connections.getConnection();
    try {
      source.refresh(connection);
    } catch (SQLException | RuntimeException e) {
      connections.evictConnection(connection);
      throw e;
    }
    taken.put(connection, new Taken(user, Thread.currentThread(), place()));
    if (retired) {
      // meanwhile, and this is one of the next test's
      end(connection);
      requireOpen();
    }
    return connection;
  }

  private void requireOpen() throws SQLException {
    if (retired) {
      throw new SQLException(
          "The test that had this data source is over. What outlasts a test class, such as a context"
              + " that Spring keeps, needs a database that does: isolation = SHARED.");
    }
  }

  private Optional<Throwable> place() {
    return traced ? Optional.of(new Throwable(user)) : Optional.empty();
  }

  private static boolean isOpen(Connection connection) {
    try {
      return !connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  /** What it takes connections from. */
  ServerPool shared() {
    return shared;
  }

  /**
   * Lets nobody have a connection any more, and ends those that are open. Not called {@code close}:
   * frameworks look for that, and would call it when an application's context is closed, which need
   * not be the last one of the run.
   */
  void retire() {
    retired = true;
    awaitOthers();
    endTaken(true);
    source.renew(Optional.empty());
  }

  /** There is one user; asking for another opens no pooled connection. */
  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    ConnectionInfo now = target;
    if (username.equals(now.username()) && password.equals(now.password())) {
      return getConnection();
    }
    throw new SQLException(
        "This data source has one user. For another, open a connection with DriverManager and"
            + " DataspaceHandle.jdbcUrl().");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : connections.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || connections.isWrapperFor(type);
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return connections.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter writer) throws SQLException {
    connections.setLogWriter(writer);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    connections.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return connections.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("com.zaxxer.hikari");
  }

  @Override
  public String toString() {
    return target.jdbcUrl();
  }
}
