package io.github.dataspaces.reset.mysql;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * What drivers know of a session and SQL does not tell, or cannot do: a command by which the server
 * forgets all that was said in it (COM_RESET_CONNECTION). They are called by name: none of them has
 * to be there.
 */
final class DriverCall {

  private static final String MARIADB = "org.mariadb.jdbc.Connection";

  private DriverCall() {}

  /** What the server calls a session; empty if its driver is not known. */
  static Optional<String> sessionId(Connection connection) {
    ClassLoader loader = connection.getClass().getClassLoader();
    try {
      if (isMySqls(connection)) {
        Object session = session(connection, loader);
        return Optional.of(call(session, "com.mysql.cj.Session", "getThreadId", loader));
      }
      return isMariaDbs(connection)
          ? Optional.of(call(connection, MARIADB, "getThreadId", loader))
          : Optional.empty();
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private static String call(Object called, String type, String method, ClassLoader loader)
      throws ReflectiveOperationException {
    return String.valueOf(Class.forName(type, true, loader).getMethod(method).invoke(called));
  }

  private static boolean isMySqls(Connection connection) {
    return connection.getClass().getName().startsWith("com.mysql.cj.");
  }

  private static boolean isMariaDbs(Connection connection) {
    return connection.getClass().getName().equals(MARIADB);
  }

  /**
   * Sends the command, and statements after it.
   *
   * @throws SQLException if the session has ended, or the driver is not known
   */
  static void resetConnection(Connection connection, List<String> next) throws SQLException {
    ClassLoader loader = connection.getClass().getClassLoader();
    try {
      if (isMySqls(connection)) {
        resetSession(connection, loader);
        execute(connection, next);
      } else if (isMariaDbs(connection)) {
        sendTogether(connection, loader, next);
      } else {
        throw new SQLFeatureNotSupportedException("this driver cannot reset a session");
      }
    } catch (InvocationTargetException e) {
      throw new SQLException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new SQLFeatureNotSupportedException(e);
    }
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The connection's own method would send three statements more. */
  private static void resetSession(Connection connection, ClassLoader loader)
      throws ReflectiveOperationException {
    Class.forName("com.mysql.cj.NativeSession", true, loader)
        .getMethod("resetSessionState")
        .invoke(session(connection, loader));
  }

  private static Object session(Connection connection, ClassLoader loader)
      throws ReflectiveOperationException {
    return Class.forName("com.mysql.cj.MysqlConnection", true, loader)
        .getMethod("getSession")
        .invoke(connection);
  }

  /**
   * The driver's own method would send the command only if the URL says so, and never to MySQL; and
   * all can be sent before anything is answered.
   */
  private static void sendTogether(Connection connection, ClassLoader loader, List<String> next)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName("org.mariadb.jdbc.message.ClientMessage", true, loader);
    Constructor<?> query =
        Class.forName("org.mariadb.jdbc.message.client.QueryPacket", true, loader)
            .getConstructor(String.class);
    Object messages = Array.newInstance(type, next.size() + 1);
    Array.set(
        messages,
        0,
        Class.forName("org.mariadb.jdbc.message.client.ResetPacket", true, loader)
            .getField("INSTANCE")
            .get(null));
    for (int i = 0; i < next.size(); i++) {
      Array.set(messages, i + 1, query.newInstance(next.get(i)));
    }
    Object client = connection.getClass().getMethod("getClient").invoke(connection);
    Class.forName("org.mariadb.jdbc.client.Client", true, loader)
        .getMethod(
            "executePipeline",
            messages.getClass(),
            Class.forName("org.mariadb.jdbc.Statement", true, loader),
            int.class,
            long.class,
            int.class,
            int.class,
            boolean.class,
            boolean.class)
        .invoke(
            client,
            messages,
            null,
            0,
            0L,
            ResultSet.CONCUR_READ_ONLY,
            ResultSet.TYPE_FORWARD_ONLY,
            false,
            false);
  }
}
