package io.github.dataspaces.reset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.ResetSession;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application's own pool opens connections in the background, while its database is noted, or
 * put back too: none of them is to one that a test has left.
 */
@Timeout(120)
class LateConnectionsTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final int RESETS = 60;
  private static final int EACH = 20;
  private static final int THREADS = 3;
  private static final int AT_MOST = 20;

  private final LinkedBlockingQueue<Connection> opened = new LinkedBlockingQueue<>(AT_MOST);
  private final AtomicBoolean over = new AtomicBoolean();

  @ParameterizedTest
  @ExtendWith(EachRuntime.NeedsDocker.class)
  @ValueSource(strings = {"postgres:18", "postgres:15", "mariadb:11.4"})
  void seeWhatWasPutBack(String flavour) throws SQLException {
    Dataspace dataspace = HOME.createForTestsWithItems(flavour);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (ResetSession session = dataspace.resets()) {
      for (int i = 0; i < THREADS; i++) {
        pool.execute(() -> fill(dataspace));
      }
      int good = 0;
      for (int i = 0; i < RESETS; i++) {
        Sql.on(dataspace).run("insert into item values (1000, 'of a test')");
        if (i % EACH == 0) {
          session.take("state" + i);
        }
        session.toBeginning();
        good += look();
      }
      assertThat(good).as("connections that could be used").isPositive();
    } finally {
      over.set(true);
      pool.shutdownNow();
      opened.forEach(LateConnectionsTest::close);
    }
  }

  private void fill(Dataspace dataspace) {
    while (!over.get()) {
      try {
        Connection connection = Sql.on(dataspace).connect();
        if (!opened.offer(connection)) {
          opened.put(connection);
        }
      } catch (SQLException e) {
        // it was ended, or the name was another's already
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** How many of the connections that are there could be used. */
  private int look() {
    int good = 0;
    for (Connection connection : drained()) {
      try (connection;
          Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("select count(*) from item")) {
        result.next();
        assertThat(result.getInt(1)).isEqualTo(100);
        good++;
      } catch (SQLException e) {
        // it was ended
      }
    }
    return good;
  }

  private List<Connection> drained() {
    List<Connection> all = new ArrayList<>();
    opened.drainTo(all);
    return all;
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // it was ended
    }
  }
}
