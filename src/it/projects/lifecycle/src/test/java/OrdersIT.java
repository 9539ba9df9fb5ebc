import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;

class OrdersIT {
  @Test
  void findsTheSeed() throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                System.getProperty("db.url"), System.getProperty("db.username"), System.getProperty("db.password"));
        ResultSet orders = connection.createStatement().executeQuery("select count(*) from orders")) {
      orders.next();
      assertEquals(2, orders.getInt(1));
    }
  }
}
