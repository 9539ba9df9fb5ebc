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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A connection to PostgreSQL that the reset itself works through. Used by one thread at a time. */
final class AdminConnection implements AutoCloseable {

  /** What the reset's own sessions are told from a user's by. */
  static final String APPLICATION = "dataspaces-reset";

  /** Instead of what migrations may have said that the owner's sessions begin with. */
  private static final String OPTIONS =
      Stream.of(
              "role=none",
              "search_path=public",
              "default_tablespace=",
              "default_transaction_isolation=read\\ committed",
              "default_transaction_read_only=off",
              "default_transaction_deferrable=off",
              "standard_conforming_strings=on",
              "statement_timeout=0",
              "lock_timeout=0",
              "idle_in_transaction_session_timeout=0",
              "idle_session_timeout=0")
          .map(setting -> "-c " + setting)
          .collect(Collectors.joining(" "));

  private final Connection connection;

  private AdminConnection(Connection connection) {
    this.connection = connection;
  }

  static AdminConnection open(RunningDatabase server, String database) {
    try {
      return new AdminConnection(
          QuickConnection.open(
              server, database, Map.of("ApplicationName", APPLICATION, "options", OPTIONS)));
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** A text as SQL says it. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /**
   * Has the server's system run a command line, or a script, in the folder of the server's files.
   */
  void runProgram(String line) {
    // no row: a program that has ended before it is sent would be told to have failed
    execute("copy (select where false) to program " + literal(line));
  }

  /**
   * Commands that take effect together, in a transaction that has an id whatever they do, sent
   * together.
   */
  void executeAtOnce(List<Command> commands) {
    List<Command> all = new ArrayList<>(commands);
    all.add(0, Command.of("select pg_current_xact_id()"));
    queryAtOnce(all, 0);
  }

  /** As the other, and the rows of the last commands, which are queries. */
  List<List<List<String>>> queryAtOnce(List<Command> commands, int queries) {
    List<List<List<String>>> results = new ArrayList<>();
    Command all = Command.joined(commands);
    try (PreparedStatement statement = connection.prepareStatement(all.sql())) {
      set(statement, all.values().toArray());
      boolean isQuery = statement.execute();
      while (isQuery || statement.getUpdateCount() != -1) {
        if (isQuery) {
          try (ResultSet result = statement.getResultSet()) {
            results.add(ResultRows.of(result));
          }
        }
        isQuery = statement.getMoreResults();
      }
      return List.copyOf(results.subList(results.size() - queries, results.size()));
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** The rows of a query, each as its columns' texts; a null is an empty text. */
  List<List<String>> query(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      try (ResultSet result = statement.executeQuery()) {
        return ResultRows.of(result);
      }
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
