package io.github.dataspaces.testkit;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspace;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Short cuts to a database. Every call has a connection of its own, closed when it returns. */
public final class Sql {

  private final String url;
  private final String username;
  private final String password;

  private Sql(String url, String username, String password) {
    this.url = url;
    this.username = username;
    this.password = password;
  }

  /** As the owner of a dataspace, on its database. */
  public static Sql on(Dataspace dataspace) {
    return on(dataspace.connection());
  }

  /** As the owner, on the database of a connection. */
  public static Sql on(ConnectionInfo connection) {
    return new Sql(connection.jdbcUrl(), connection.username(), connection.password());
  }

  /** On another database of the same server. */
  public Sql database(String name) {
    return new Sql(url.replaceFirst("[^/]*$", name), username, password);
  }

  /** As another user. */
  public Sql as(String otherUser, String otherPassword) {
    return new Sql(url, otherUser, otherPassword);
  }

  /** A new connection; the caller closes it. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", username);
    properties.setProperty("password", password);
    // only PostgreSQL's driver counts in seconds
    String unit = url.startsWith("jdbc:postgresql:") ? "" : "000";
    properties.setProperty("connectTimeout", "10" + unit);
    properties.setProperty("loginTimeout", "20");
    properties.setProperty("socketTimeout", "60" + unit);
    return DriverManager.getConnection(url, properties);
  }

  /** Runs statements, each committed by itself. */
  public Sql run(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      return this;
    } catch (SQLException e) {
      throw new IllegalStateException(url + ": " + e.getMessage(), e);
    }
  }

  /** The rows as lines, their columns separated by bars. */
  public String query(String sql) {
    return String.join("\n", rows(sql));
  }

  /** The rows, their columns separated by bars. */
  public List<String> rows(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          columns.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", columns));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(url + ": " + e.getMessage(), e);
    }
  }

  /** Whether a query is answered. */
  public boolean answers() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return statement.execute("select 1");
    } catch (SQLException e) {
      return false;
    }
  }
}
