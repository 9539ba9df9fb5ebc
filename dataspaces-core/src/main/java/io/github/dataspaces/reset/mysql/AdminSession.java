package io.github.dataspaces.reset.mysql;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.reset.ResultRows;
import io.github.dataspaces.runtime.RunningDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session that the reset itself works through; nothing of it is logged. One thread at a time. */
final class AdminSession implements AutoCloseable {

  /** MySQL and MariaDB each read only their own comment. */
  private static final String UNLOGGED_AND_UNLIMITED =
      "set session sql_log_bin = 0, wait_timeout = 31536000"
          + " /*!50708 , max_execution_time = 0 */ /*M!100101 , max_statement_time = 0 */";

  /** Only so does a transaction go on seeing what was there when it began, to be compared later. */
  private static final String KEEPING_ITS_VIEW =
      "set session transaction isolation level repeatable read, read write";

  /** Only so is every value written and read as it is stored, and only where it is written. */
  private static final String TO_THE_LETTER =
      "set session sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00', foreign_key_checks = 0";

  private final Connection connection;
  private final String id;

  private AdminSession(Connection connection) {
    this.connection = connection;
    // whatever the server's sessions begin with
    execute(UNLOGGED_AND_UNLIMITED);
    execute(KEEPING_ITS_VIEW);
    execute(TO_THE_LETTER);
    this.id = query("select connection_id()").get(0).get(0);
  }

  static AdminSession open(RunningDatabase server) {
    try {
      String database = server.address().credentials().database();
      return new AdminSession(server.connect(database, Map.of("allowMultiQueries", "true")));
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** What the server calls it. */
  String id() {
    return id;
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** Whether the server could do that. */
  boolean attempt(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** The rows of a query, each as its columns' texts; a null is an empty text. */
  List<List<String>> query(String sql, String... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        return ResultRows.of(result);
      }
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** The rows of several queries, which are sent together. */
  List<List<List<String>>> queryAtOnce(List<String> queries) {
    try (Statement statement = connection.createStatement()) {
      List<List<List<String>>> results = new ArrayList<>();
      for (boolean more = statement.execute(String.join(";", queries));
          more;
          more = statement.getMoreResults()) {
        try (ResultSet result = statement.getResultSet()) {
          results.add(ResultRows.of(result));
        }
      }
      return List.copyOf(results);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** Runs a statement with parameters. */
  void update(String sql, String... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw refused(e);
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
