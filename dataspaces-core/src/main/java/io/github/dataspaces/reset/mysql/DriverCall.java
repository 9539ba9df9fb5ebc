package io.github.dataspaces.reset.mysql;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/**
 * Has the server forget all that was said in a session, which no SQL can, but a command that the
 * drivers know (COM_RESET_CONNECTION). They are called by name: none of them has to be there.
 */
final class DriverCall {

  private DriverCall() {}

  /**
   * Sends the command.
   *
   * @throws SQLException if the session has ended, or the driver is not known
   */
  static void resetConnection(Connection connection) throws SQLException {
    ClassLoader loader = connection.getClass().getClassLoader();
    try {
      if (connection.getClass().getName().startsWith("com.mysql.cj.")) {
        Class.forName("com.mysql.cj.jdbc.JdbcConnection", true, loader)
            .getMethod("resetServerState")
            .invoke(connection);
      } else if (connection.getClass().getName().equals("org.mariadb.jdbc.Connection")) {
        sendReset(connection, loader);
      } else {
        throw new SQLFeatureNotSupportedException("this driver cannot reset a session");
      }
    } catch (InvocationTargetException e) {
      throw new SQLException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new SQLFeatureNotSupportedException(e);
    }
  }

  /** Its own method would send the command only if the URL says so, and never to MySQL. */
  private static void sendReset(Connection connection, ClassLoader loader)
      throws ReflectiveOperationException {
    Class<?> messages = Class.forName("org.mariadb.jdbc.message.ClientMessage", true, loader);
    Object reset =
        Class.forName("org.mariadb.jdbc.message.client.ResetPacket", true, loader)
            .getField("INSTANCE")
            .get(null);
    Object client = connection.getClass().getMethod("getClient").invoke(connection);
    Class.forName("org.mariadb.jdbc.client.Client", true, loader)
        .getMethod("execute", messages, boolean.class)
        .invoke(client, reset, true);
  }
}
