import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dataspaces.junit.Dataspace;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

class NestedTest {

  @Nested
  @Dataspace(seed = "classpath:customers.sql")
  @ParameterizedClass
  @ValueSource(strings = {"ben", "cy"})
  class Inner {

    private final String name;
    private DataSource database;

    Inner(String name) {
      this.name = name;
    }

    @RepeatedTest(2)
    void adds() throws SQLException {
      assertEquals(List.of("ada"), Customers.names(database));
      Customers.add(database, name);
    }
  }
}
