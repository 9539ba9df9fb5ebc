package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Tests that only read keep their connections, and find nothing that was said in them before. */
class SessionsTest {

  private static final Map<String, String> DOCKER = Map.of("dataspaces.runtime", "docker");

  @Dataspace(seed = "classpath:customers.sql")
  static class OnPostgres {

    static final Set<String> SESSIONS = ConcurrentHashMap.newKeySet();

    @RepeatedTest(4)
    void reads(DataSource database) {
      assertThat(Sql.text(database, "select coalesce(current_setting('my.own', true), '')"))
          .isEmpty();
      assertThat(Sql.text(database, "select pg_try_advisory_lock(1)")).isEqualTo("t");
      assertThat(Sql.text(database, "select count(*) from pg_listening_channels()")).isEqualTo("0");
      assertThat(Sql.customers(database)).containsExactly("ada");
      Sql.execute(database, "set my.own = 1");
      Sql.execute(database, "listen channel");
      SESSIONS.add(Sql.text(database, "select pg_backend_pid()"));
    }
  }

  @Test
  void ofPostgres() {
    SampleRun.of(OnPostgres.class).passes(4);
    assertThat(OnPostgres.SESSIONS).hasSize(1);
  }

  abstract static class OnMySqlFamily {

    static final Set<String> SESSIONS = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void forgetOthers() {
      SESSIONS.clear();
    }

    @RepeatedTest(7)
    void reads(DataSource database, RepetitionInfo now) {
      assertThat(Sql.text(database, "select coalesce(@mine, 'gone')")).isEqualTo("gone");
      assertThat(Sql.text(database, "select get_lock('mine', 0)")).isEqualTo("1");
      assertThat(Sql.text(database, "select @@session.sql_mode")).isNotEmpty();
      assertThat(Sql.text(database, "select database()")).isNotEqualTo("information_schema");
      assertThat(Sql.customers(database)).containsExactly("ada");
      SESSIONS.add(Sql.text(database, "select connection_id()"));
      switch (now.getCurrentRepetition() % 3) {
        case 0 -> Sql.execute(database, "set @mine = 1, session sql_mode = ''");
        case 1 -> Sql.execute(database, "use information_schema");
        default -> Sql.text(database, "select @mine := 1");
      }
    }

    @AfterAll
    static void kept() {
      assertThat(SESSIONS).hasSize(1);
    }
  }

  @Dataspace(flavour = "mysql:9.7", seed = "classpath:customers.sql")
  static class OnMySql extends OnMySqlFamily {}

  @Dataspace(flavour = "mariadb:11.8", seed = "classpath:customers.sql")
  static class OnMariaDb extends OnMySqlFamily {}

  @Dataspace(flavour = "mariadb", seed = "classpath:customers.sql")
  static class OnNativeMariaDb extends OnMySqlFamily {}

  @Test
  @RequiresDocker
  void ofMySql() {
    SampleRun.with(DOCKER, OnMySql.class).passes(7);
  }

  @Test
  @RequiresDocker
  void ofMariaDb() {
    SampleRun.with(DOCKER, OnMariaDb.class).passes(7);
  }

  @Test
  void ofNativeMariaDb() {
    SampleRun.of(OnNativeMariaDb.class).passes(7);
  }

  /** Reading and writing in turn, so that a session is cleaned that is then replaced. */
  abstract static class InTurn {

    @RepeatedTest(8)
    void readsOrWrites(DataSource database, RepetitionInfo now) {
      assertThat(Sql.customers(database)).containsExactly("ada");
      if (now.getCurrentRepetition() % 3 == 0) {
        Sql.add(database, "ben");
      }
    }
  }

  @Dataspace(seed = "classpath:customers.sql")
  static class InTurnOnPostgres extends InTurn {}

  @Dataspace(flavour = "mariadb", seed = "classpath:customers.sql")
  static class InTurnOnNativeMariaDb extends InTurn {}

  @Test
  void ofTestsThatReadAndWriteInTurn() {
    SampleRun.of(InTurnOnPostgres.class, InTurnOnNativeMariaDb.class).passes(16);
  }
}
