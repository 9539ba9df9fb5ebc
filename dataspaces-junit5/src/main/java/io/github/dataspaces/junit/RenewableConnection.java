package io.github.dataspaces.junit;

import io.github.dataspaces.junit.Connections.Cleaning;
import io.github.dataspaces.junit.Connections.Opener;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A connection that stays in its pool while the one to the server behind it is replaced. A pool
 * takes its time to add another, which would be longer than putting the database back.
 *
 * <p>Used by one thread at a time, as connections are.
 */
final class RenewableConnection implements InvocationHandler {

  /** What a pool does to a connection that it takes back. */
  private static final Set<String> TIDYING =
      Set.of(
          "rollback",
          "clearWarnings",
          "setAutoCommit",
          "setReadOnly",
          "setTransactionIsolation",
          "setCatalog",
          "setSchema",
          "setNetworkTimeout");

  /** For so long after it was used a connection is taken for good, as pools do. */
  private static final long TRUSTED_NANOSECONDS = 500_000_000;

  private static final int ANSWER_SECONDS = 5;

  private final Connection proxy;
  private volatile Connection physical;
  private volatile @Nullable Connection lent;
  private volatile long lastUse = System.nanoTime();
  private volatile int age;
  private volatile boolean aborted;
  private volatile boolean used;

  RenewableConnection(int age, Connection physical) {
    this.age = age;
    this.physical = physical;
    this.proxy =
        (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
  }

  /** What the pool has of it. */
  Connection proxy() {
    return proxy;
  }

  static RenewableConnection of(Connection pooled) throws SQLException {
    return (RenewableConnection) Proxy.getInvocationHandler(pooled.unwrap(Connection.class));
  }

  /**
   * Makes it one to the database as it is now.
   *
   * @param pooled what somebody will have of it, until he closes that
   * @param now how often the database was replaced before
   * @param opener opens another if one is needed
   */
  void refresh(Connection pooled, int now, Opener opener) throws SQLException {
    if (age != now || physical.isClosed() || !isTrusted()) {
      close();
      physical = opener.open();
      aborted = false;
      age = now;
    }
    lent = pooled;
  }

  private boolean isTrusted() throws SQLException {
    return System.nanoTime() - lastUse < TRUSTED_NANOSECONDS || physical.isValid(ANSWER_SECONDS);
  }

  /** Whether it is in the pool, and will be refreshed before anybody has it again. */
  private boolean isIdle() throws SQLException {
    Connection last = lent;
    return last != null && last.isClosed();
  }

  /** Whether somebody has used it since it was last cleaned. */
  boolean isUsed() {
    return used;
  }

  /** Makes its session as good as a new one, or ends it. */
  void clean(Cleaning cleaning) {
    used = false;
    try {
      if (!physical.isClosed()) {
        cleaning.clean(physical);
        lastUse = System.nanoTime();
      }
    } catch (SQLException e) {
      LoggerFactory.getLogger(Dataspace.class).debug("A connection cannot be used again", e);
      close();
    }
  }

  /** Ends the one behind it, which may be at work, until it is refreshed. */
  void abort() throws SQLException {
    aborted = true;
    physical.abort(Runnable::run);
  }

  /** Closes the one behind it, until it is refreshed. */
  void close() {
    close(physical);
  }

  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // the server has ended it
    }
  }

  @Override
  public @Nullable Object invoke(Object called, Method method, Object[] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "equals":
        return called == arguments[0];
      case "hashCode":
        return System.identityHashCode(called);
      case "isValid":
        // a pool that asks would warn of one that has been ended
        return isIdle() || (boolean) pass(method, arguments);
      default:
        // nothing is left to be tidied
        boolean tidied = TIDYING.contains(method.getName()) && (aborted || isIdle());
        return tidied ? null : pass(method, arguments);
    }
  }

  private @Nullable Object pass(Method method, Object[] arguments) throws Throwable {
    used = true;
    lastUse = System.nanoTime();
    try {
      return method.invoke(physical, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
