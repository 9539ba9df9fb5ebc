package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.runtime.RunningDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A connection that the reset itself works through. Used by one thread at a time. */
final class AdminConnection implements AutoCloseable {

  private final Connection connection;
  private String copiesFilesBy = "";

  private AdminConnection(Connection connection) {
    this.connection = connection;
  }

  static AdminConnection open(RunningDatabase server, String database) {
    try {
      return new AdminConnection(server.connect(database));
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /**
   * Makes a database of another's files, which share their bytes where PostgreSQL, from 18 on, and
   * the file system can.
   */
  void copyDatabase(String createStatement) {
    if (copiesFilesBy.isEmpty()) {
      copyFilesBy("clone");
    }
    try {
      execute(createStatement);
    } catch (DataspaceException e) {
      copyFilesBy("copy");
      execute(createStatement);
    }
  }

  private void copyFilesBy(String method) {
    query(
        "select set_config('file_copy_method', ?, false) where current_setting('file_copy_method', true) <> ?",
        method,
        method);
    copiesFilesBy = method;
  }

  /** Statements that take effect together, in a transaction that has an id whatever they do. */
  void executeAtOnce(List<String> statements) {
    // sent together, they are one transaction and one round trip
    execute("select pg_current_xact_id();" + String.join(";", statements));
  }

  /** The rows of a query, each as its columns' texts; a null is an empty text. */
  List<List<String>> query(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      List<List<String>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            String text = result.getString(i);
            row.add(text == null ? "" : text);
          }
          rows.add(List.copyOf(row));
        }
      }
      return List.copyOf(rows);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** Runs a statement with parameters: texts, or arrays of them. */
  void update(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  private void set(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] instanceof String[] texts) {
        statement.setArray(i + 1, connection.createArrayOf("text", texts));
      } else {
        statement.setString(i + 1, (String) parameters[i]);
      }
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // the server has ended it
    }
  }

  private static DataspaceException refused(SQLException e) {
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "The server refused to be reset: %s.".formatted(e.getMessage()),
        "",
        e);
  }
}
