package io.github.dataspaces.reset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspace;
import io.github.dataspaces.ResetSession;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadyConnectionTest {

  private static final int CYCLES = 30;

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  /** Goes back after a write, and takes what was opened ahead. */
  private static Optional<Connection> next(Dataspace dataspace, ResetSession session) {
    Sql.on(dataspace).run("delete from item");
    assertThat(session.toBeginning()).isFalse();
    return session.readyConnection();
  }

  private static Connection awaitReady(Dataspace dataspace, ResetSession session) {
    for (int i = 0; i < CYCLES; i++) {
      Optional<Connection> ready = next(dataspace, session);
      if (ready.isPresent()) {
        return ready.get();
      }
    }
    throw new AssertionError("none was opened ahead");
  }

  @Test
  void tellsAndSeesWhatOneThatIsOpenedLaterDoes() throws SQLException {
    Dataspace dataspace = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    ConnectionInfo target = dataspace.connection();
    try (ResetSession session = dataspace.resets();
        Connection ready = awaitReady(dataspace, session);
        Connection later =
            DriverManager.getConnection(target.jdbcUrl(), target.username(), target.password())) {
      assertThat(described(ready)).isEqualTo(described(later));
      assertThat(one(ready, "select count(*) from item")).isEqualTo("100");
      try (Statement statement = ready.createStatement()) {
        statement.execute("insert into item values (1000, 'new')");
      }
      assertThat(one(later, "select count(*) from item")).isEqualTo("101");
      assertThat(session.readyConnection()).isEmpty();
    }
  }

  private static List<String> described(Connection connection) throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    List<String> seen = new ArrayList<>();
    seen.add(connection.getCatalog());
    seen.add(connection.getSchema());
    seen.add(data.getURL());
    seen.add(data.getUserName());
    seen.add(String.valueOf(connection.getClass()));
    seen.add(one(connection, "select current_database()"));
    seen.add(one(connection, "select setting from pg_settings where name = 'work_mem'"));
    seen.add(
        one(
            connection,
            "select count(distinct datname) from pg_stat_activity where pid = pg_backend_pid() and datname = current_database()"));
    try (ResultSet tables =
        data.getTables(connection.getCatalog(), "public", "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        seen.add(tables.getString("TABLE_CAT") + "." + tables.getString("TABLE_NAME"));
      }
    }
    assertThat(seen).contains(connection.getCatalog() + ".item");
    return seen;
  }

  @Test
  void neverBeginsWithWhatATestHasSetAndTakenBack() throws SQLException {
    Dataspace dataspace = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    String usual = Sql.on(dataspace).query("show work_mem");
    int seen = 0;
    try (ResetSession session = dataspace.resets()) {
      for (int i = 0; i < CYCLES; i++) {
        // while clones are made and connections opened
        for (int j = 0; j < 3; j++) {
          Sql.on(dataspace)
              .run(
                  "alter role dataspace set work_mem = '9MB'",
                  "alter role dataspace reset work_mem");
        }
        Optional<Connection> ready = next(dataspace, session);
        if (ready.isPresent()) {
          seen++;
          try (Connection connection = ready.get()) {
            assertThat(one(connection, "show work_mem")).isEqualTo(usual);
          }
        }
      }
      assertThat(seen).isPositive();
    }
  }

  @Test
  void runsNoLoginTriggerAhead() {
    Dataspace dataspace = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    Sql.on(dataspace)
        .run(
            "create table login (at timestamptz)",
            "create function noted() returns event_trigger language plpgsql as 'begin insert into login values (now()); end'",
            "create event trigger noted on login execute function noted()",
            "alter event trigger noted enable always");
    try (ResetSession session = dataspace.resets()) {
      String before = Sql.on(dataspace).query("select count(*) from login");
      for (int i = 0; i < 5; i++) {
        session.toBeginning();
        assertThat(session.readyConnection()).isEmpty();
        assertThat(Sql.on(dataspace).query("select count(*) from login")).isEqualTo(before);
      }
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
