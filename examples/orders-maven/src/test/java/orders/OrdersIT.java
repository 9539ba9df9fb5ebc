package orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class OrdersIT {

  private final Orders orders = new Orders(database());

  private static PGSimpleDataSource database() {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(System.getProperty("orders.url"));
    database.setUser(System.getProperty("orders.username"));
    database.setPassword(System.getProperty("orders.password"));
    return database;
  }

  @Test
  void placesOrdersAsLongAsThereIsStock() throws SQLException {
    orders.place("ada", "cup", 2);
    assertThrows(SQLException.class, () -> orders.place("ada", "cup", 1));
    assertEquals(1, orders.count("ada"));
    assertEquals(0, orders.stock("cup"));
  }
}
