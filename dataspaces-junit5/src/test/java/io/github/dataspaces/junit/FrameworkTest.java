package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/** Beside a framework, such as Spring, whose annotation comes first. */
class FrameworkTest {

  /** Takes the database when an instance is made, and begins a transaction before each test. */
  static class Framework
      implements TestInstancePostProcessor, BeforeEachCallback, AfterEachCallback {

    static @Nullable DataSource context;
    static @Nullable Connection transaction;

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) {
      Framework.context =
          instance instanceof OneInstance ? OneInstance.database : AnInstanceEach.database;
      assertThat(Sql.customers(Framework.context)).containsExactly("ada");
    }

    @Override
    public void beforeEach(ExtensionContext test) throws SQLException {
      transaction = context.getConnection();
      transaction.setAutoCommit(false);
      assertThat(Sql.customers(transaction)).containsExactly("ada");
    }

    @Override
    public void afterEach(ExtensionContext test) throws SQLException {
      transaction.rollback();
      transaction.close();
    }
  }

  abstract static class Tests {

    @BeforeEach
    void writes() {
      Sql.execute(Framework.context, "insert into customer values ('ben')");
    }

    @RepeatedTest(3)
    void isInTheTransaction() {
      Sql.execute(Framework.transaction, "insert into customer values ('cy')");
      assertThat(Sql.customers(Framework.transaction)).containsExactly("ada", "ben", "cy");
    }

    @Test
    void isByItself() {
      assertThat(Sql.customers(Framework.context)).containsExactly("ada", "ben");
    }
  }

  @ExtendWith(Framework.class)
  @Dataspace(seed = "classpath:customers.sql")
  static class AnInstanceEach extends Tests {
    static @Nullable DataSource database;
  }

  @ExtendWith(Framework.class)
  @Dataspace(seed = "classpath:customers.sql")
  @TestInstance(Lifecycle.PER_CLASS)
  static class OneInstance extends Tests {
    static @Nullable DataSource database;
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class OwnPool {

    static @Nullable DataspaceHandle dataspace;
    static @Nullable HikariDataSource pool;

    @BeforeAll
    static void connect() {
      pool = new HikariDataSource();
      pool.setJdbcUrl(dataspace.jdbcUrl());
      pool.setUsername(dataspace.username());
      pool.setPassword(dataspace.password());
      pool.setMinimumIdle(4);
    }

    @AfterAll
    static void disconnect() {
      pool.close();
    }

    @RepeatedTest(10)
    void seesOnlyItsOwn() {
      assertThat(Sql.customers(pool)).containsExactly("ada");
      Sql.execute(pool, "insert into customer values ('ben')");
    }
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class JobsOfItsOwn {

    static final ExecutorService JOBS = Executors.newSingleThreadExecutor();
    static @Nullable Future<?> last;

    @RepeatedTest(4)
    void begins(DataSource database) throws Exception {
      finished();
      CountDownLatch begun = new CountDownLatch(1);
      last = JOBS.submit(() -> work(database, begun));
      begun.await();
    }

    private static Void work(DataSource database, CountDownLatch begun) throws SQLException {
      try (Connection connection = database.getConnection()) {
        begun.countDown();
        Sql.execute(connection, "select pg_sleep(0.02)");
        Sql.execute(connection, "insert into customer values ('ben')");
      }
      return null;
    }

    @AfterAll
    static void finished() throws Exception {
      if (last != null) {
        last.get();
      }
    }
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class NothingToClose {
    @Test
    void neitherForUsersNorForFrameworks(DataSource database) {
      assertThat(database).isNotInstanceOf(AutoCloseable.class);
      assertThat(database.getClass().getMethods())
          .extracting(Method::getName)
          .doesNotContain("close", "shutdown");
    }
  }

  /** Spring calls a bean's method of such a name with each context that it closes. */
  @Test
  void thatWouldCloseTheDataSource() {
    SampleRun.of(NothingToClose.class).passes(1);
  }

  @Test
  void whoseJobsMayFinish() {
    SampleRun.of(JobsOfItsOwn.class).passes(4);
    JobsOfItsOwn.JOBS.shutdown();
  }

  @Test
  void thatHasAPoolOfItsOwn() {
    SampleRun.of(OwnPool.class).passes(10);
  }

  @Test
  @Tag("every-junit")
  void thatHasAnInstanceForEachTest() {
    SampleRun.of(AnInstanceEach.class).passes(4);
  }

  @Test
  @Tag("every-junit")
  void thatHasOneInstanceForAllTests() {
    SampleRun.of(OneInstance.class).passes(4);
    assertThat(OneInstance.database).isNull();
  }
}
