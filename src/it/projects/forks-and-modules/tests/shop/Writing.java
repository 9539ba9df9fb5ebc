package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dataspaces.junit.Dataspace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;

/** All tests write the same row: it would be a second one if any saw what another has written. */
@Dataspace(flavour = "postgres")
abstract class Writing {
  @RepeatedTest(3)
  void test(DataSource database) throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table written (id int primary key)");
      statement.execute("insert into written values (1)");
      try (ResultSet result = statement.executeQuery("select count(*) from written")) {
        result.next();
        assertEquals(1, result.getInt(1));
      }
    }
  }
}
