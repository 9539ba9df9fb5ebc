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

/**
 * Has the server forget all that was said in a session, which no SQL can, but a command that the
 * drivers know (COM_RESET_CONNECTION). They are called by name: none of them has to be there.
 */
final class DriverCall {

  private DriverCall() {}

  /**
   * Sends the command, and statements after it.
   *
   * @throws SQLException if the session has ended, or the driver is not known
   */
  static void resetConnection(Connection connection, List<String> next) throws SQLException {
    ClassLoader loader = connection.getClass().getClassLoader();
    try {
      if (connection.getClass().getName().startsWith("com.mysql.cj.")) {
        resetSession(connection, loader);
        execute(connection, next);
      } else if (connection.getClass().getName().equals("org.mariadb.jdbc.Connection")) {
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
    Object session =
        Class.forName("com.mysql.cj.MysqlConnection", true, loader)
            .getMethod("getSession")
            .invoke(connection);
    Class.forName("com.mysql.cj.NativeSession", true, loader)
        .getMethod("resetSessionState")
        .invoke(session);
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
