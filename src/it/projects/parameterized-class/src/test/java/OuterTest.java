import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dataspaces.junit.Dataspace;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@Dataspace(seed = "classpath:customers.sql")
@ParameterizedClass
@ValueSource(strings = {"ben", "cy"})
class OuterTest {

  static DataSource database;

  @Parameter String name;

  @BeforeAll
  static void all() throws SQLException {
    Customers.add(database, "all");
  }

  @RepeatedTest(2)
  void adds() throws SQLException {
    assertEquals(List.of("ada", "all"), Customers.names(database));
    Customers.add(database, name);
  }

  @Nested
  @ParameterizedClass
  @ValueSource(ints = {1, 2})
  class Inner {

    @Parameter int number;

    @RepeatedTest(2)
    void adds() throws SQLException {
      assertEquals(List.of("ada", "all"), Customers.names(database));
      Customers.add(database, name + number);
    }
  }
}
