package orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dataspaces.junit.Dataspace;
import io.github.dataspaces.junit.DataspaceHandle;
import io.github.dataspaces.junit.RollbackTo;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@Dataspace(flavour = "postgres", runtime = "embedded", seed = "classpath:seed.sql")
class OrdersTest {

  private final Orders orders;

  OrdersTest(DataSource database) {
    orders = new Orders(database);
  }

  /** What this leaves is what every test begins with. A snapshot is a second such state. */
  @BeforeAll
  static void addOrders(DataSource database, DataspaceHandle dataspace) throws SQLException {
    new Orders(database).place("ada", "tea", 1);
    dataspace.snapshot("one-order");
    new Orders(database).place("ada", "tea", 1);
  }

  @Test
  void placesAnOrder() throws SQLException {
    orders.place("ada", "cup", 2);
    assertEquals(3, orders.count("ada"));
    assertEquals(0, orders.stock("cup"));
  }

  @Test
  void refusesMoreThanThereIs() throws SQLException {
    assertThrows(SQLException.class, () -> orders.place("ada", "cup", 3));
    assertEquals(2, orders.count("ada"));
    assertEquals(2, orders.stock("cup"));
  }

  @Test
  void forgetsACustomer() throws SQLException {
    orders.forget("ada");
    assertEquals(0, orders.count("ada"));
  }

  @Test
  @RollbackTo("one-order")
  void beginsWithOneOrder() throws SQLException {
    assertEquals(1, orders.count("ada"));
  }

  @Nested
  class WithoutStock {

    /** Seen by the tests of this class only. */
    @BeforeAll
    static void sellAll(DataSource database) throws SQLException {
      new Orders(database).place("ben", "tea", 8);
    }

    @Test
    void refuses(Connection connection) throws SQLException {
      assertThrows(SQLException.class, () -> orders.place("ada", "tea", 1));
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select sum(quantity) from orders")) {
        rows.next();
        assertEquals(10, rows.getInt(1));
      }
    }
  }
}
