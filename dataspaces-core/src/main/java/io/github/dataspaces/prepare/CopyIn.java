package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * PostgreSQL's {@code COPY … FROM stdin}, which JDBC does not know. The driver is the user's, and
 * its classes may be those of another class loader: it is called by name.
 */
final class CopyIn {

  private static final int BUFFER = 1 << 16;

  private CopyIn() {}

  /** Sends rows until there are no more. */
  static void copy(Connection connection, String sql, InputStream rows)
      throws SQLException, IOException {
    try {
      Object copies = connection.getClass().getMethod("getCopyAPI").invoke(connection);
      copies
          .getClass()
          .getMethod("copyIn", String.class, InputStream.class, int.class)
          .invoke(copies, sql, rows, BUFFER);
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
