package io.github.dataspaces.reset.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspace;
import io.github.dataspaces.testkit.EachMySqlVersion;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.LocalBinaries;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session that was renewed is like a new one, whatever was said in it, with either driver. */
@Timeout(180)
@ExtendWith(EachRuntime.NeedsDocker.class)
class SessionRenewalTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final List<String> SAID =
      List.of(
          "set @mine = 1",
          "set role boss",
          "set timestamp = 1",
          "set sql_mode = ''",
          "set names utf8mb3",
          "set time_zone = '+03:00'",
          "set foreign_key_checks = 0",
          "set session transaction isolation level serializable",
          "set last_insert_id = 7",
          "set insert_id = 99",
          "prepare later from 'select 1'",
          "do get_lock('mine', 1)",
          "create temporary table passing (i int)",
          "use other",
          "set autocommit = 0",
          "insert into item (id, name) values (999, 'not committed')");

  @EachMySqlVersion
  void nothingIsLeftOfWhatWasSaid(String flavour) throws Exception {
    Dataspace dataspace = HOME.createForTestsWithItems(flavour);
    Sql.on(dataspace).run("create database other", "create table other.item like item");
    Sql.on(dataspace).run("create role boss", "grant boss to current_user()");
    checkWith(new org.mariadb.jdbc.Driver(), "jdbc:mariadb:", dataspace);
    Path jar = LocalBinaries.folder().resolve("mysql-connector-j-9.5.0.jar");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, Driver.class.getClassLoader())) {
      Object driver =
          loader.loadClass("com.mysql.cj.jdbc.Driver").getDeclaredConstructor().newInstance();
      checkWith((Driver) driver, "jdbc:mysql:", dataspace);
    }
  }

  private static void checkWith(Driver driver, String scheme, Dataspace dataspace)
      throws SQLException {
    ConnectionInfo info = dataspace.connection();
    String url =
        "%s//%s:%s/%s?sslMode=%s&allowPublicKeyRetrieval=true"
            .formatted(scheme, info.host(), info.port(), info.database(), "DISABLED");
    Properties user = new Properties();
    user.setProperty("user", info.username());
    user.setProperty("password", info.password());
    Dialect dialect = dataspace.info().flavour().equals("mysql") ? Dialect.MYSQL : Dialect.MARIADB;
    try (Connection used = driver.connect(url, user);
        Connection fresh = driver.connect(url, user);
        Connection counting = driver.connect(url, user)) {
      SessionRenewal renewal = SessionRenewal.of(fresh, dialect);
      Map<String, String> before = state(used);
      for (String sql : SAID) {
        // MySQL counts these, so that such a session is not used again
        if (dialect == Dialect.MARIADB || !sql.startsWith("set role")) {
          execute(used, sql);
        }
      }
      renewal.renew(used, false);
      assertThat(state(used)).containsExactlyEntriesOf(before);
      assertThat(state(fresh)).containsExactlyEntriesOf(before);
      assertThatThrownBy(() -> execute(used, "select * from passing"))
          .hasMessageContaining("passing");
      assertThatThrownBy(() -> execute(used, "execute later")).hasMessageContaining("later");
      assertThat(used.getCatalog()).isEqualTo(info.database());
      used.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      assertThat(state(used)).containsValue("SERIALIZABLE");
      used.setAutoCommit(false);
      renewal.renew(used, false);
      assertThat(state(used)).containsExactlyEntriesOf(before);
      checkCost(renewal.whole(), counting, () -> renewal.renew(used, false));
      execute(used, "select @mine := 1, get_lock('mine', 0), last_insert_id(5)");
      execute(used, "prepare later from 'select 1'");
      checkCost(renewal.brief(), counting, () -> renewal.renew(used, true));
      assertThat(state(used)).containsExactlyEntriesOf(before);
      assertThat(renewal.brief().moves()).isZero();
    }
  }

  private static void checkCost(
      SessionRenewal.Cost cost, Connection counting, ThrowingCallable renewing)
      throws SQLException {
    String counts = "show global status where variable_name in ('Com_set_option', 'Com_change_db')";
    Map<String, String> before = read(counting, counts, "");
    assertThatCode(renewing).doesNotThrowAnyException();
    assertThat(read(counting, counts, ""))
        .containsEntry("Com_set_option", plus(before.get("Com_set_option"), cost.sets()))
        .containsEntry("Com_change_db", plus(before.get("Com_change_db"), cost.moves()));
  }

  private static String plus(String count, long more) {
    return String.valueOf(Long.parseLong(count) + more);
  }

  private static Map<String, String> state(Connection connection) throws SQLException {
    Map<String, String> state = read(connection, "show session variables", "");
    List.of("timestamp", "statement_id", "rand_seed1", "rand_seed2").forEach(state::remove);
    state.keySet().removeIf(name -> name.startsWith("gtid_") || name.equals("pseudo_thread_id"));
    for (String more :
        List.of(
            "database()",
            "current_role()",
            "@mine",
            "last_insert_id()",
            "is_used_lock('mine')",
            "now() > '2020-01-01'",
            "count(*) from other.item")) {
      state.putAll(read(connection, "select '%s', %s".formatted(more.split("\\(")[0], more), "?"));
    }
    state.put("the driver commits", String.valueOf(connection.getAutoCommit()));
    return state;
  }

  private static Map<String, String> read(Connection connection, String query, String prefix)
      throws SQLException {
    Map<String, String> read = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        read.put(prefix + result.getString(1), String.valueOf(result.getString(2)));
      }
    }
    return read;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
