package io.github.dataspaces.junit;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.dataspaces.ConnectionInfo;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;

/**
 * The data source that tests get. It outlives the server's restarts: around each of them, every
 * connection there is goes, those that a test forgot to close too, and while one lasts, whoever
 * asks for a connection waits.
 */
final class Pool implements DataSource, AutoCloseable {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Dataspace.class);
  private static final int SIZE = 10;
  private static final int PATIENCE_MILLISECONDS = 15_000;

  private final HikariDataSource connections = new HikariDataSource();

  /** Who took each connection that may still be open. */
  private final Map<Connection, String> taken = new ConcurrentHashMap<>();

  private volatile String user;

  Pool(String name, ConnectionInfo target, String user) {
    this.user = user;
    connections.setPoolName(name);
    connections.setJdbcUrl(target.jdbcUrl());
    connections.setUsername(target.username());
    connections.setPassword(target.password());
    connections.setMaximumPoolSize(SIZE);
    connections.setConnectionTimeout(PATIENCE_MILLISECONDS);
    // none is made before it is asked for, so none is made while the server is away
    connections.setMinimumIdle(0);
    connections.setInitializationFailTimeout(-1);
    connections.setAllowPoolSuspension(true);
  }

  /** Says who takes connections from now on, for the warning about those left open. */
  void usedBy(String label) {
    user = label;
  }

  /** From now on connections are opened with this password. */
  void password(String password) {
    connections.setPassword(password);
  }

  /**
   * Does something that no connection survives.
   *
   * @param leaks hears who left how many connections open
   */
  void whileEmpty(Consumer<Map<String, Integer>> leaks, Runnable change) {
    Map<String, Integer> open = empty();
    // now nobody waits for a connection that a leak keeps away, which would hold up the suspension
    Optional<HikariPoolMXBean> pool = Optional.ofNullable(connections.getHikariPoolMXBean());
    pool.ifPresent(HikariPoolMXBean::suspendPool);
    try {
      empty().forEach((label, count) -> open.merge(label, count, Integer::sum));
      leaks.accept(open);
      change.run();
    } finally {
      // one that was on its way when the pool was suspended may have come from the old server
      empty();
      pool.ifPresent(HikariPoolMXBean::resumePool);
    }
  }

  /** For {@link #whileEmpty}: between tests, an open connection is a mistake worth telling. */
  static void warn(Map<String, Integer> leaks) {
    leaks.forEach(
        (label, count) ->
            LOG.warn(
                "{} left {} open, which was closed now. Close it in the test, for example with"
                    + " try-with-resources.",
                label,
                count == 1 ? "a connection" : count + " connections"));
  }

  private Map<String, Integer> empty() {
    Map<String, Integer> leaks = new TreeMap<>();
    // closes those that are idle, and sees to it that those in use are not used again
    Optional.ofNullable(connections.getHikariPoolMXBean())
        .ifPresent(HikariPoolMXBean::softEvictConnections);
    taken.forEach(
        (connection, label) -> {
          if (isOpen(connection)) {
            leaks.merge(label, 1, Integer::sum);
            end(connection);
          }
          taken.remove(connection);
        });
    return leaks;
  }

  /** Ends a connection that may be in use: it is aborted, because closing waits for its query. */
  static void end(Connection connection) {
    try {
      connection.abort(Runnable::run);
      connection.close();
    } catch (SQLException | RuntimeException e) {
      LOG.debug("A connection was broken already", e);
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (taken.size() > 2 * SIZE) {
      taken.keySet().removeIf(connection -> !isOpen(connection));
    }
    Connection connection = connections.getConnection();
    taken.put(connection, user);
    return connection;
  }

  private static boolean isOpen(Connection connection) {
    try {
      return !connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    connections.close();
  }

  /** There is one user; asking for another opens no pooled connection. */
  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    if (username.equals(connections.getUsername()) && password.equals(connections.getPassword())) {
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
    return connections.getJdbcUrl();
  }
}
