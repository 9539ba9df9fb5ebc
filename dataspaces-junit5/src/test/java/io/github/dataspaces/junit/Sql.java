package io.github.dataspaces.junit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The SQL that samples need: a table of names. */
final class Sql {

  private Sql() {}

  static void add(DataSource database, String name) {
    try (Connection connection = database.getConnection()) {
      add(connection, name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void add(Connection connection, String name) {
    execute(connection, "insert into customer values ('" + name + "')");
  }

  static void execute(DataSource database, String sql) {
    try (Connection connection = database.getConnection()) {
      execute(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void execute(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one value a query gives. */
  static String text(DataSource database, String query) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> customers(DataSource database) {
    try (Connection connection = database.getConnection()) {
      return customers(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> customers(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select name from customer order by name")) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
