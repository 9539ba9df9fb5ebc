package io.github.dataspaces.reset.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a session as good as a new one. The server forgets what was said in it, and with that what
 * the driver said when it connected, so that is seen in a new session once and said again.
 *
 * @param database the one that a new session is in
 * @param isolation of its transactions
 * @param role puts it back into the role of a new session; empty where the reset does
 * @param variables sets those that drivers have set in a new session; empty for none
 * @param whole what the server counts of a renewal
 * @param brief the same of one for a session that is where it was, and as it was set
 */
record SessionRenewal(
    String database, int isolation, String role, String variables, Cost whole, Cost brief) {

  /**
   * What a server counts.
   *
   * @param sets statements that set variables
   * @param moves to a database
   */
  record Cost(long sets, long moves) {
    private static final Cost NONE = new Cost(0, 0);
  }

  /** These differ at all times. */
  private static final Set<String> PASSING =
      Set.of("statement_id", "timestamp", "rand_seed1", "rand_seed2");

  /**
   * By a new session's example.
   *
   * @throws SQLException if its driver cannot do that
   */
  static SessionRenewal of(Connection fresh, Dialect dialect) throws SQLException {
    Map<String, String> variables = variables(fresh);
    String role = dialect == Dialect.MARIADB ? role(fresh) : "";
    DriverCall.resetConnection(fresh, List.of());
    Map<String, String> left = variables(fresh);
    List<String> lost = new ArrayList<>();
    variables.forEach(
        (name, value) -> {
          if (!value.equals(left.get(name))) {
            lost.add(name + " = " + literal(name, value));
          }
        });
    String set = lost.isEmpty() ? "" : "set " + String.join(", ", lost);
    SessionRenewal uncounted =
        new SessionRenewal(
            fresh.getCatalog(), fresh.getTransactionIsolation(), role, set, Cost.NONE, Cost.NONE);
    uncounted.renew(fresh, false);
    // a driver need not say again what it knows
    return new SessionRenewal(
        uncounted.database,
        uncounted.isolation,
        role,
        set,
        uncounted.cost(fresh, false),
        uncounted.cost(fresh, true));
  }

  /** A session's counters begin anew with the renewal. */
  private Cost cost(Connection session, boolean brief) throws SQLException {
    renew(session, brief);
    return new Cost(count(session, Counters.SET), count(session, "com_change_db"));
  }

  private static long count(Connection session, String name) throws SQLException {
    return Long.parseLong(first(session, "show session status like '%s'".formatted(name), 2));
  }

  private static String role(Connection fresh) throws SQLException {
    // it stays; MariaDB counts it as a variable that is set
    String role = first(fresh, "select current_role()", 1);
    return "set role " + (role.isEmpty() ? "none" : TableName.quote(role));
  }

  private static Map<String, String> variables(Connection connection) throws SQLException {
    Map<String, String> variables = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("show session variables")) {
      while (result.next()) {
        variables.put(result.getString(1), result.getString(2));
      }
    }
    variables.keySet().removeIf(name -> PASSING.contains(name) || name.startsWith("gtid_"));
    return variables;
  }

  private static String first(Connection connection, String query, int column) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      String value = result.getString(column);
      return value == null ? "" : value;
    }
  }

  private static String literal(String name, String value) {
    if (name.startsWith("character_set_") && value.isEmpty()) {
      return "null";
    }
    return value.matches("\\d+") ? value : "'" + value.replace("'", "''") + "'";
  }

  /**
   * Renews a session.
   *
   * @param brief whether it is in the database and the role, and its driver remembers the
   *     isolation, that it had when it was new
   * @throws SQLException if it has ended
   */
  void renew(Connection connection, boolean brief) throws SQLException {
    List<String> statements = new ArrayList<>();
    if (!variables.isEmpty()) {
      statements.add(variables);
    }
    if (!brief && !role.isEmpty()) {
      statements.add(role);
    }
    DriverCall.resetConnection(connection, statements);
    if (!connection.getAutoCommit()) {
      // the server does again; only what the driver remembers is left
      connection.setAutoCommit(true);
    }
    if (!brief) {
      // also what the drivers themselves remember of these
      connection.setCatalog(database);
      connection.setTransactionIsolation(isolation);
    }
    connection.clearWarnings();
  }
}
