package io.github.dataspaces.reset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.ResetSession;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast way is understood by every version that it is exact on. */
class EveryVersionTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static Dataspace create(RuntimeChoice runtime, String version) {
    if (runtime == RuntimeChoice.DOCKER) {
      DockerEngine.require();
    }
    return HOME.dataspaces()
        .create(HOME.spec(runtime).flavour("postgres:" + version).ephemeral(true).build());
  }

  /** Others than the one on the class path are fetched. */
  @ParameterizedTest
  @ValueSource(strings = {"14", "15", "16", "17", "18"})
  void seesWhatWasWrittenInADatabaseThatIsNotReset(String version) {
    Dataspace dataspace = create(RuntimeChoice.EMBEDDED, version);
    Sql maintenance = Sql.on(dataspace).database("postgres");
    try (ResetSession session = dataspace.resets()) {
      for (int i = 0; i < 3; i++) {
        Sql.on(dataspace).run("create table item (id int)");
        session.toBeginning();
        maintenance.run("create table stray (id int)");
        session.toBeginning();
        assertThat(maintenance.query("select to_regclass('stray') is null")).isEqualTo("t");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EMBEDDED, 15",
    "EMBEDDED, 16",
    "EMBEDDED, 17",
    "EMBEDDED, 18",
    "DOCKER, 15",
    "DOCKER, 17",
    "DOCKER, 18"
  })
  void isPutBackWithoutItsFiles(RuntimeChoice runtime, String version) throws SQLException {
    Dataspace dataspace = create(runtime, version);
    Sql.on(dataspace).run("create table item (id serial primary key, name text)");
    Sql.on(dataspace).run("insert into item (name) select 'item' from generate_series(1, 100)");
    Sql.on(dataspace).run("comment on database dataspace is 'mine'");
    Sql.on(dataspace).run("alter database dataspace set work_mem = '5MB'");
    try (ResetSession session = dataspace.resets()) {
      session.take("filled");
      String started = Sql.on(dataspace).query("select pg_postmaster_start_time()");
      assertThat(session.to("filled")).isTrue();
      for (int i = 0; i < 3; i++) {
        Sql.on(dataspace).run("insert into item (name) values ('another')");
        Sql.on(dataspace).run("create role boss" + i);
        Sql.on(dataspace).run("grant select on item to boss" + i);
        assertThat(session.to("filled")).isFalse();
        assertThat(
                Sql.on(dataspace)
                    .query("select count(*), max(id), nextval('item_id_seq') from item"))
            .isEqualTo("100|100|101");
        assertThat(session.to("filled")).as("after a value was taken").isFalse();
        assertThat(Sql.on(dataspace).query("select count(*) from pg_roles where rolname ~ 'boss'"))
            .isEqualTo("0");
        assertThat(
                Sql.on(dataspace)
                    .query(
                        "select current_setting('work_mem'), shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"))
            .isEqualTo("5MB|mine");
      }
      assertThat(Sql.on(dataspace).query("select pg_postmaster_start_time()")).isEqualTo(started);
      try (Connection connection = session.newConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select count(*) from item")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(100);
      }
    }
  }
}
