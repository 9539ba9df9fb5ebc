package io.github.dataspaces.junit;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connections of a pool, and knows of each whether it still is one to the database as it
 * is now. Thread-safe.
 */
final class Connections implements DataSource {

  private static final int LOGIN_SECONDS = 10;

  private volatile Opener opener = Connections::refuse;

  /** How often the database was replaced. */
  private final AtomicInteger age = new AtomicInteger();

  private final Set<RenewableConnection> all =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** One to the database as it is now, opened ahead. */
  private final AtomicReference<@Nullable Connection> ready = new AtomicReference<>();

  /** Opens a connection to the database as it is now. */
  @FunctionalInterface
  interface Opener {
    Connection open() throws SQLException;
  }

  /** Makes a session as good as a new one, or fails. */
  @FunctionalInterface
  interface Cleaning {
    void clean(Connection connection) throws SQLException;
  }

  private static Connection refuse() throws SQLException {
    throw new SQLException("No test has this pool.");
  }

  /** From now on connections are opened by that. */
  void openedBy(Opener other) {
    opener = other;
  }

  /**
   * The database was replaced, while nobody had a connection.
   *
   * @param opened one to the database as it is now
   */
  void renew(Optional<Connection> opened) {
    age.incrementAndGet();
    Connection unused = ready.getAndSet(opened.orElse(null));
    if (unused != null) {
      RenewableConnection.close(unused);
    }
    Set.copyOf(all).forEach(RenewableConnection::close);
  }

  /**
   * Makes the sessions of all that were used as good as new, while nobody has a connection. Handing
   * that to another thread takes longer.
   */
  void clean(Cleaning cleaning) {
    Set.copyOf(all).stream()
        .filter(RenewableConnection::isUsed)
        .forEach(connection -> connection.clean(cleaning));
  }

  /** Makes a connection of the pool one to the database as it is now. */
  void refresh(Connection pooled) throws SQLException {
    RenewableConnection.of(pooled).refresh(pooled, age.get(), this::open);
  }

  @Override
  public Connection getConnection() throws SQLException {
    int before = age.get();
    RenewableConnection connection = new RenewableConnection(before, open());
    all.add(connection);
    return connection.proxy();
  }

  private Connection open() throws SQLException {
    Connection waiting = ready.getAndSet(null);
    return waiting != null ? waiting : opener.open();
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
    // the driver has its own
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
