package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.RowLimit;
import io.github.dataspaces.dump.DumpFormatException;
import io.github.dataspaces.dump.Statement;
import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;

/** How trouble with a script or a dump is told. */
final class ScriptFailure {

  private static final String REMEDY = "Correct it and run this again; nothing of it was kept.";

  private ScriptFailure() {}

  /** The server refused a statement. */
  static DataspaceException refused(String name, Statement statement, SQLException e) {
    return new DataspaceException(
        Reason.INVALID,
        "The script %s failed in line %d, at \"%s\": %s."
            .formatted(name, statement.line(), statement.beginning(), said(statement, e)),
        REMEDY,
        e);
  }

  /** Some servers repeat the statement. */
  private static String said(Statement statement, SQLException e) {
    return statement.isSecret()
        ? "the server's message, which may repeat a password, is left out; its code is "
            + e.getSQLState()
        : withoutEnd(String.valueOf(e.getMessage()));
  }

  /** The server refused an entry of an archive. */
  static DataspaceException refused(String name, String entry, SQLException e) {
    return new DataspaceException(
        Reason.INVALID,
        "The dump %s failed at its %s: %s."
            .formatted(name, entry, withoutEnd(String.valueOf(e.getMessage()))),
        REMEDY,
        e);
  }

  /** The server refused to say which rows a limit lets through. */
  static DataspaceException refused(Object table, RowLimit limit, SQLException e) {
    return new DataspaceException(
        Reason.INVALID,
        "The rows of '%s'%s cannot be had: %s."
            .formatted(
                table,
                limit.condition().map(" where %s"::formatted).orElse(""),
                withoutEnd(String.valueOf(e.getMessage()))),
        REMEDY,
        e);
  }

  /** It cannot be read to its end. */
  static DataspaceException unreadable(String name, IOException e) {
    String where =
        e instanceof DumpFormatException format && format.line() > 0
            ? "line %d: ".formatted(format.line())
            : "";
    String what =
        e instanceof EOFException ? "it is cut short" : withoutEnd(String.valueOf(e.getMessage()));
    return new DataspaceException(
        Reason.INVALID,
        "%s cannot be read: %s%s.".formatted(capitalised(name), where, what),
        "Check that it is complete, and a dump of this engine; nothing of it was kept.",
        e);
  }

  /** The connection cannot be used. */
  static DataspaceException unreachable(Exception e) {
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "The database cannot be reached: %s.".formatted(withoutEnd(String.valueOf(e.getMessage()))),
        "",
        e);
  }

  private static String withoutEnd(String message) {
    return message.strip().replaceFirst("\\.$", "");
  }

  private static String capitalised(String name) {
    return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
