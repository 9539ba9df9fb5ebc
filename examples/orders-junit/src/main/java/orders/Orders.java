package orders;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The orders of customers. */
public final class Orders {

  private final DataSource database;

  public Orders(DataSource database) {
    this.database = database;
  }

  /** Places an order and takes the articles from the stock: both or neither. */
  public void place(String customer, String article, int quantity) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        update(connection, "update article set stock = stock - ? where name = ?", quantity, article);
        update(
            connection,
            "insert into orders (customer, article, quantity) values (?, ?, ?)",
            customer,
            article,
            quantity);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  /** Forgets a customer and all that was ordered. */
  public void forget(String customer) throws SQLException {
    try (Connection connection = database.getConnection()) {
      update(connection, "delete from orders where customer = ?", customer);
    }
  }

  /** How many orders a customer has placed. */
  public int count(String customer) throws SQLException {
    return number("select count(*) from orders where customer = ?", customer);
  }

  /** How many of an article there are. */
  public int stock(String article) throws SQLException {
    return number("select stock from article where name = ?", article);
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private int number(String sql, String value) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }
}
