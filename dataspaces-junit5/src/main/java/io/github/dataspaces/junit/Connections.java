package io.github.dataspaces.junit;

import io.github.dataspaces.ConnectionInfo;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;

/**
 * Opens the connections of a pool, and knows of each whether it still is one to the database as it
 * is now. Thread-safe.
 */
final class Connections implements DataSource {

  private static final int LOGIN_SECONDS = 10;

  private final ConnectionInfo target;
  private volatile String password;
  private volatile String clean = "";

  /** How often the database was replaced: a connection from before is of no use. */
  private final AtomicInteger database = new AtomicInteger();

  /** How often sessions had to be made as good as new. */
  private final AtomicInteger session = new AtomicInteger();

  private final Map<Connection, Age> ages = Collections.synchronizedMap(new WeakHashMap<>());

  private record Age(int database, int session) {}

  Connections(ConnectionInfo target) {
    this.target = target;
    this.password = target.password();
  }

  String jdbcUrl() {
    return target.jdbcUrl();
  }

  void password(String other) {
    password = other;
  }

  boolean isFor(String username, String secret) {
    return username.equals(target.username()) && secret.equals(password);
  }

  /** No connection from before can be used again. */
  void renew() {
    database.incrementAndGet();
  }

  /** Before one from before is used again, its session is made as good as new with that. */
  void clean(Optional<String> sql) {
    if (sql.isEmpty()) {
      renew();
    } else {
      clean = sql.get();
      session.incrementAndGet();
    }
  }

  /** Makes a connection's session as good as new; false if the connection is of no use. */
  boolean isAsGoodAsNew(Connection physical) {
    Age now = now();
    Age age = ages.getOrDefault(physical, now);
    if (age.database() != now.database()) {
      return false;
    }
    if (age.session() != now.session()) {
      try (Statement statement = physical.createStatement()) {
        statement.execute(clean);
        ages.put(physical, now);
      } catch (SQLException e) {
        LoggerFactory.getLogger(Dataspace.class).debug("A connection was broken", e);
        return false;
      }
    }
    return true;
  }

  private Age now() {
    return new Age(database.get(), session.get());
  }

  /** One that was on its way while the database was replaced is to the old one: then another. */
  @Override
  public Connection getConnection() throws SQLException {
    while (true) {
      Age before = now();
      Connection opened =
          DriverManager.getConnection(target.jdbcUrl(), target.username(), password);
      ages.put(opened, before);
      if (before.database() == database.get()) {
        return opened;
      }
      opened.close();
    }
  }

  @Override
  public Connection getConnection(String username, String secret) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() {
    return new PrintWriter(PrintWriter.nullWriter());
  }

  @Override
  public void setLogWriter(PrintWriter writer) {
    // DriverManager has its own
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // the driver's own
  }

  @Override
  public int getLoginTimeout() {
    return LOGIN_SECONDS;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("It wraps nothing.");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
