package io.github.dataspaces.reset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.ResetSession;
import io.github.dataspaces.TestServer;
import io.github.dataspaces.TestServers;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SqlScript;
import io.github.dataspaces.testkit.Disk;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.WritesToDisks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large files are shared as a whole where the file system can do that, and stay exact. */
@Timeout(180)
@WritesToDisks
class LargeFilesTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final String FILL =
      "create table big as select i, repeat(md5(i::text), 28) as text from generate_series(1, 220000) i";
  private static final String CONTENT =
      "select count(*), sum(i), sum(hashtext(text)) filter (where i % 50 = 1) from big";

  /** Templates that have files beside them. */
  private static final String ASIDE =
      "select count(*) from pg_ls_dir('dataspaces_large', true, false) where (pg_stat_file('base/' || pg_ls_dir, true)).isdir";

  @ParameterizedTest
  @CsvSource({"EMBEDDED, 18", "DOCKER, 15"})
  void areExactAfterEachReset(RuntimeChoice runtime, String version) {
    if (runtime == RuntimeChoice.DOCKER) {
      DockerEngine.require();
    }
    try (TestHome home = TestHome.in(Disk.XFS.folder().resolve("home"))) {
      DataspaceSpec spec =
          home.spec(runtime).flavour("postgres:" + version).ephemeral(true).build();
      areExactAfterEachReset(home.dataspaces().create(spec));
    }
  }

  private static void areExactAfterEachReset(Dataspace dataspace) {
    Sql.on(dataspace).run(FILL);
    String content = Sql.on(dataspace).query(CONTENT);
    try (ResetSession session = dataspace.resets()) {
      assertThat(Sql.on(dataspace).query(ASIDE)).isEqualTo("1");
      for (int i = 0; i < 3; i++) {
        Sql.on(dataspace).run("update big set text = 'damaged' where i < 5000", "checkpoint");
        assertThat(session.toBeginning()).isFalse();
        assertThat(Sql.on(dataspace).query(CONTENT)).isEqualTo(content);
      }
      Sql.on(dataspace).run("delete from big where i < 5");
      session.take("fewer");
      Sql.on(dataspace).run("drop table big");
      assertThat(session.to("fewer")).isFalse();
      assertThat(Sql.on(dataspace).query("select count(*) from big")).isEqualTo("219996");
      assertThat(session.toBeginning()).isFalse();
      assertThat(Sql.on(dataspace).query(CONTENT)).isEqualTo(content);
      session.tidy();
      assertThat(Sql.on(dataspace).query(ASIDE)).as("left beside").isEqualTo("0");
      assertThat(Sql.on(dataspace).query(CONTENT)).isEqualTo(content);
    }
  }

  @Test
  void areStillThereForTheNextProcess() {
    try (TestHome home = TestHome.in(Disk.XFS.folder().resolve("home"))) {
      areStillThereForTheNextProcess(home);
    }
  }

  private static void areStillThereForTheNextProcess(TestHome home) {
    DataspaceSpec spec =
        home.spec(RuntimeChoice.EMBEDDED).seed(List.of(new SqlScript("big", FILL))).build();
    String content;
    try (Dataspaces one = home.open();
        TestServers servers = one.testServers(Duration.ofMinutes(1))) {
      TestServer server = servers.take(spec);
      content = Sql.on(server.dataspace()).query(CONTENT);
      Sql.on(server.dataspace()).run("truncate big");
      server.giveBack();
    }
    try (Dataspaces other = home.open();
        TestServers servers = other.testServers(Duration.ofMinutes(1))) {
      TestServer server = servers.take(spec);
      for (int i = 0; i < 3; i++) {
        assertThat(Sql.on(server.dataspace()).query(CONTENT)).isEqualTo(content);
        assertThat(Sql.on(server.dataspace()).query(ASIDE)).isEqualTo("1");
        Sql.on(server.dataspace()).run("truncate big");
        server.resets().toBeginning();
      }
      server.destroy();
    }
  }

  @Test
  void stayWhereTheyAreIfFilesCannotBeShared() {
    Dataspace dataspace =
        HOME.dataspaces().create(HOME.spec(RuntimeChoice.EMBEDDED).ephemeral(true).build());
    Sql.on(dataspace).run(FILL);
    String content = Sql.on(dataspace).query(CONTENT);
    try (ResetSession session = dataspace.resets()) {
      Sql.on(dataspace).run("truncate big");
      assertThat(session.toBeginning()).isFalse();
      assertThat(Sql.on(dataspace).query(CONTENT)).isEqualTo(content);
      assertThat(Sql.on(dataspace).query(ASIDE)).isEqualTo("0");
    }
  }
}
