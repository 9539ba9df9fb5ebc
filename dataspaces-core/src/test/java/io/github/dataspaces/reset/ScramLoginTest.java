package io.github.dataspaces.reset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspace;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ScramLoginTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private Dataspace dataspace;

  @BeforeEach
  void create() {
    dataspace = HOME.createWithItems(RuntimeChoice.EMBEDDED);
  }

  private Connection login(String user, String password) throws SQLException {
    ConnectionInfo target = dataspace.connection();
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("socketFactory", StartupRedirect.class.getName());
    properties.setProperty("socketFactoryArg", "postgres");
    return DriverManager.getConnection(target.jdbcUrl(), properties);
  }

  private void assertIsAccepted(String user, String password) throws SQLException {
    try (Connection connection = login(user, password);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select current_user, current_database()")) {
      result.next();
      assertThat(result.getString(1)).isEqualTo(user);
      assertThat(result.getString(2)).isEqualTo("postgres");
    }
  }

  private void assertIsRefused(String user, String password) {
    assertThatThrownBy(() -> login(user, password))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.toString()).isEqualTo("28P01"))
        .hasMessageContaining("password authentication failed")
        .hasMessageNotContaining(password);
  }

  @Test
  void acceptsThePasswordAndNoOther() throws SQLException {
    Sql.on(dataspace).run("create role ann login password 'sesame, open=1'");
    assertIsAccepted("ann", "sesame, open=1");
    assertIsRefused("ann", "sesame");
    assertIsAccepted("ann", "sesame, open=1");
  }

  @Test
  void seesThatAPasswordWasChanged() throws SQLException {
    Sql.on(dataspace).run("create role bob login password 'one'");
    assertIsAccepted("bob", "one");
    Sql.on(dataspace).run("alter role bob password 'two'");
    assertIsRefused("bob", "one");
    assertIsAccepted("bob", "two");
  }

  @Test
  void leavesPasswordsOfOtherLettersToTheDriver() throws SQLException {
    Sql.on(dataspace).run("create role cat login password 'Größe'");
    assertIsAccepted("cat", "Größe");
  }
}
