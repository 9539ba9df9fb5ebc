package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

/** Connections that a test leaves open, and how the pool gets over a rollback. */
class LeakTest {

  private static final int POOL_SIZE = 10;

  @Dataspace(seed = "classpath:customers.sql")
  @TestMethodOrder(MethodName.class)
  static class Leaking {

    static final List<Connection> LEAKED = new ArrayList<>();
    static Thread sleeper = new Thread(() -> {});

    @Test
    void a(DataSource database) throws SQLException {
      for (int i = 0; i < POOL_SIZE; i++) {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        LEAKED.add(connection);
      }
      Sql.execute(LEAKED.get(0), "lock table customer");
    }

    @Test
    void b(DataSource database) throws SQLException {
      for (Connection connection : LEAKED) {
        assertThat(connection.isClosed()).isTrue();
      }
      assertThat(Sql.customers(database)).containsExactly("ada");
      assertThatThrownBy(() -> Sql.add(LEAKED.get(0), "ben"))
          .isInstanceOf(IllegalStateException.class);
      sleeper = new Thread(() -> Sql.execute(database, "select pg_sleep(300)"));
      sleeper.setUncaughtExceptionHandler((thread, expected) -> {});
      sleeper.start();
      while (!Sql.text(database, "select string_agg(query, '') from pg_stat_activity")
          .contains("pg_sleep(300)")) {
        Thread.onSpinWait();
      }
    }

    @Test
    void c(DataSource database) throws InterruptedException {
      sleeper.join(10_000);
      assertThat(sleeper.isAlive()).isFalse();
      assertThat(Sql.customers(database)).containsExactly("ada");
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void leakedConnectionsAreClosedAndTheTestIsNamed() {
    String log = SampleRun.log(() -> SampleRun.of(Leaking.class).passes(3));
    assertThat(log)
        .contains("Leaking.a() left 10 connections open")
        .contains("Leaking.b() left a connection open")
        .doesNotContain("Leaking.c() left");
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class TakingTime {

    /** For longer than pools trust a connection without asking. */
    private static final int UNTRUSTED_MILLISECONDS = 600;

    @RepeatedTest(2)
    void isHandedAGoodConnection(DataSource database, DataspaceHandle handle) throws Exception {
      Thread.sleep(UNTRUSTED_MILLISECONDS);
      Sql.execute(database, "insert into customer values ('ben')");
      try (Connection own =
          DriverManager.getConnection(handle.jdbcUrl(), handle.username(), handle.password())) {
        Sql.execute(
            own,
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
      }
      Thread.sleep(UNTRUSTED_MILLISECONDS);
      assertThat(Sql.customers(database)).containsExactly("ada", "ben");
    }
  }

  @Test
  void connectionsThatHaveEndedAreReplacedWithoutAWord() {
    String log = SampleRun.log(() -> SampleRun.of(TakingTime.class).passes(2));
    assertThat(log).doesNotContain("Failed to validate");
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class StillAtWork {
    @RepeatedTest(2)
    void test(Connection connection, DataSource database) {
      assertThat(Sql.customers(connection)).containsExactly("ada");
      Thread query = new Thread(() -> Sql.execute(connection, "select pg_sleep(300)"));
      query.setUncaughtExceptionHandler((thread, expected) -> {});
      query.start();
      while (!Sql.text(database, "select string_agg(query, '') from pg_stat_activity")
          .contains("pg_sleep(300)")) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aQueryOfTheInjectedConnectionThatStillRunsHoldsNothingUp() {
    SampleRun.of(StillAtWork.class).passes(2);
  }

  @Dataspace(seed = "classpath:customers.sql", isolation = Isolation.METHOD)
  @TestMethodOrder(MethodName.class)
  static class Kept {

    static final List<DataSource> DATABASES = new ArrayList<>();
    static final List<String> NAMES = new ArrayList<>();

    @RepeatedTest(3)
    void test(DataSource database, DataspaceHandle handle) {
      NAMES.add(handle.name());
      DATABASES.forEach(
          earlier ->
              assertThatThrownBy(earlier::getConnection)
                  .isInstanceOf(SQLException.class)
                  .hasMessageContaining("is over"));
      assertThat(Sql.customers(database)).containsExactly("ada");
      Sql.add(database, "ben");
      DATABASES.add(database);
    }
  }

  @Test
  void aDataSourceThatWasKeptDoesNotReachTheNextTestsDatabase() {
    Kept.NAMES.clear();
    Kept.DATABASES.clear();
    SampleRun.of(Kept.class).passes(3);
    // one server, and so one pool, after the other
    assertThat(Kept.NAMES).hasSize(3).containsOnly(Kept.NAMES.get(0));
  }

  @Dataspace
  static class LeakingOnce {
    @Test
    void leaks(DataSource database) throws SQLException {
      database.getConnection();
    }
  }

  @Test
  void whereALeakedConnectionWasTakenIsToldOnRequest() {
    String silent = SampleRun.log(() -> SampleRun.of(LeakingOnce.class).passes(1));
    assertThat(silent)
        .contains("LeakingOnce.leaks() left a connection open")
        .contains("dataspaces.traceConnections=true")
        .doesNotContain("LeakTest.java");
    String traced =
        SampleRun.log(
            () ->
                SampleRun.with(Map.of("dataspaces.traceConnections", "true"), LeakingOnce.class)
                    .passes(1));
    assertThat(traced).contains("It was taken here").contains("LeakingOnce.leaks(LeakTest.java:");
  }

  @Dataspace(seed = "classpath:customers.sql")
  @TestMethodOrder(MethodName.class)
  static class Background {

    static volatile boolean stop;
    static Thread writer = new Thread(() -> {});
    static volatile int failed;

    @Test
    void a(DataSource database) throws InterruptedException {
      writer =
          new Thread(
              () -> {
                while (!stop) {
                  try {
                    Sql.customers(database);
                  } catch (IllegalStateException inTheMiddleOfARollback) {
                    failed++;
                  }
                }
              });
      writer.start();
      Thread.sleep(50);
    }

    @Test
    void b(DataSource database) {
      for (int i = 0; i < 100; i++) {
        assertThat(Sql.customers(database)).containsExactly("ada");
      }
    }

    @Test
    void c(DataSource database, DataspaceHandle handle) throws InterruptedException {
      for (int i = 0; i < 2; i++) {
        handle.snapshot("again-" + i);
        assertThat(Sql.customers(database)).containsExactly("ada");
      }
      stop = true;
      writer.join();
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void noStaleConnectionIsEverHandedOutWhileAnotherThreadKeepsAskingForThem() {
    SampleRun.of(Background.class).passes(3);
    assertThat(Background.failed).as("queries that a restart interrupted").isLessThanOrEqualTo(10);
  }

  @Dataspace
  static class Emptied {
    @Test
    void test(DataSource database) throws Exception {
      Pool pool = (Pool) database;
      String before = Sql.text(pool, "select pg_backend_pid()");
      CompletableFuture<String> during = new CompletableFuture<>();
      pool.whileUnused(
          true,
          () -> {
            during.completeAsync(() -> Sql.text(pool, "select pg_backend_pid()"));
            assertThatThrownBy(() -> during.get(200, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
            return false;
          });
      assertThat(during.get(10, TimeUnit.SECONDS)).isNotEqualTo(before);
      assertThat(Sql.text(pool, "select pg_backend_pid()")).isNotEqualTo(before);
    }
  }

  @Test
  void anIdleConnectionDoesNotOutliveARollbackAndNoneIsHandedOutMeanwhile() {
    SampleRun.of(Emptied.class).passes(1);
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class Wrapper {
    @Test
    void test(DataSource database, DataspaceHandle handle) throws SQLException {
      assertThat(database.isWrapperFor(com.zaxxer.hikari.HikariDataSource.class)).isTrue();
      assertThat(database.unwrap(DataSource.class)).isSameAs(database);
      assertThat(database).hasToString(handle.jdbcUrl());
      try (Connection connection = database.getConnection(handle.username(), handle.password())) {
        assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
      }
      assertThatThrownBy(() -> database.getConnection("somebody", "else"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("DataspaceHandle.jdbcUrl()");
    }
  }

  @Test
  void thePoolIsAProperDataSource() {
    SampleRun.of(Wrapper.class).passes(1);
  }
}
