package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * PostgreSQL's {@code COPY … FROM stdin} and {@code COPY … TO stdout}, which JDBC does not know.
 * The driver is the user's, and its classes may be those of another class loader: it is called by
 * name.
 */
final class PgCopy {

  private static final int BUFFER = 1 << 16;

  private PgCopy() {}

  /**
   * Sends rows until there are no more.
   *
   * @return how many
   */
  static long in(Connection connection, String sql, InputStream rows)
      throws SQLException, IOException {
    return (Long)
        call(
            connection,
            "copyIn",
            List.of(String.class, InputStream.class, int.class),
            List.of(sql, rows, BUFFER));
  }

  /** Receives rows until there are no more. */
  static void out(Connection connection, String sql, OutputStream rows)
      throws SQLException, IOException {
    call(connection, "copyOut", List.of(String.class, OutputStream.class), List.of(sql, rows));
  }

  private static Object call(
      Connection connection, String method, List<Class<?>> types, List<Object> arguments)
      throws SQLException, IOException {
    try {
      Object copies = connection.getClass().getMethod("getCopyAPI").invoke(connection);
      return copies
          .getClass()
          .getMethod(method, types.toArray(Class[]::new))
          .invoke(copies, arguments.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException refusal) {
        throw refusal;
      }
      if (e.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new DataspaceException(
          Reason.INCOMPATIBLE,
          "The driver %s cannot COPY.".formatted(connection.getClass().getName()),
          "Use org.postgresql:postgresql.",
          e);
    }
  }
}
