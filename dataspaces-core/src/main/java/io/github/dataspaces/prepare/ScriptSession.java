package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.ScriptRecipe;
import io.github.dataspaces.flavour.ScriptRecipe.Pardon;
import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection that runs what scripts and dumps are made of. Not thread-safe. */
final class ScriptSession implements AutoCloseable {

  private static final String SAVEPOINT = "savepoint dataspaces";
  private static final String BACK = "rollback to savepoint dataspaces";

  private final Connection connection;
  private final Flavour flavour;
  private final ScriptRecipe recipe;
  private final Credentials own;

  private ScriptSession(Connection connection, Flavour flavour, Credentials own) {
    this.connection = connection;
    this.flavour = flavour;
    this.recipe = flavour.scripts();
    this.own = own;
  }

  /** A new connection; the caller closes it. */
  static ScriptSession open(RunningDatabase database) throws SQLException {
    ScriptSession session =
        new ScriptSession(
            database.connectForScripts(), database.flavour(), database.address().credentials());
    try {
      session.executeAll(session.recipe.begin());
      return session;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  /** On a connection to another database, as it is; closing the session closes it. */
  static ScriptSession on(Connection connection, Flavour flavour, Credentials own) {
    return new ScriptSession(connection, flavour, own);
  }

  /** The engine. */
  Flavour flavour() {
    return flavour;
  }

  ScriptRecipe recipe() {
    return recipe;
  }

  /** The database that it works in, and its owner. */
  Credentials own() {
    return own;
  }

  void execute(String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** How many rows a statement has changed. */
  long change(String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      return statement.executeLargeUpdate(sql);
    }
  }

  /** The number that a query answers with. */
  long number(String query) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  /** Whether a text that a query has answered with says so. */
  static boolean isTrue(String text) {
    return text.equals("t") || text.equals("true");
  }

  /** Whether it makes no difference that rows are inserted together instead of one by one. */
  boolean insertsRowsTogether() throws SQLException {
    Optional<String> query = recipe.watchesInserts();
    return query.isPresent() && !isTrue(rows(query.get()).get(0).get(0));
  }

  /** The rows that a query answers with, as text. */
  List<List<String>> rows(String query) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  void executeAll(List<String> statements) throws SQLException {
    for (String sql : statements) {
      execute(sql);
    }
  }

  /**
   * Runs a statement, and passes over what is harmless.
   *
   * @param inTransaction whether others before it must not be undone if it is refused
   */
  void run(Statement statement, boolean inTransaction) throws SQLException {
    boolean guarded = inTransaction && recipe.endsTransactionsOnErrors();
    if (guarded) {
      execute(SAVEPOINT);
    }
    try {
      execute(statement.text());
    } catch (SQLException e) {
      Pardon pardon = recipe.pardon(e, statement).orElseThrow(() -> e);
      if (guarded) {
        execute(BACK);
      }
      if (!pardon.first().isEmpty()) {
        makeWay(pardon);
        run(statement, inTransaction);
      }
    }
  }

  private void makeWay(Pardon pardon) throws SQLException {
    try {
      executeAll(pardon.first());
    } catch (SQLException e) {
      // another session may have been quicker
      if (!"42710".equals(e.getSQLState()) && !"23505".equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  /**
   * Sends the rows of a COPY.
   *
   * @param encoding what the rows are in; empty for UTF-8
   * @param inTransaction whether others before it must not be undone with it
   */
  void copy(String sql, Optional<String> encoding, InputStream rows, boolean inTransaction)
      throws SQLException, IOException {
    List<String> options = new ArrayList<>();
    encoding.ifPresent(known -> options.add("encoding '%s'".formatted(known)));
    Optional<FreshTable> fresh = inTransaction ? Optional.empty() : FreshTable.of(sql, this);
    if (fresh.isPresent()) {
      options.add("freeze");
      execute(fresh.get().begin());
    }
    boolean plain = sql.matches("(?is).*\\bstdin\\s*");
    PgCopy.in(
        connection,
        plain && !options.isEmpty() ? sql + " with (" + String.join(", ", options) + ")" : sql,
        rows);
    if (fresh.isPresent()) {
      execute("commit");
    }
  }

  /** A name as the engine quotes it. */
  String quote(String name) throws SQLException {
    String quote = connection.getMetaData().getIdentifierQuoteString();
    return quote + name.replace(quote, quote + quote) + quote;
  }

  /** Its connection. */
  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
