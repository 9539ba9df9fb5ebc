package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SqlScript;
import io.github.dataspaces.runtime.Readiness;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Logs;
import io.github.dataspaces.testkit.OtherJvm;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that tests have in turn, and builds one after the other. */
@Timeout(120)
class TestServersTest {

  private static final Duration LONG = Duration.ofHours(1);

  private static DataspaceSpec spec(RuntimeChoice runtime, String... seed) {
    return DataspaceSpec.named("any")
        .runtime(runtime)
        .seed(List.of(new SqlScript("seed.sql", String.join(";", seed))))
        .build();
  }

  private static DataspaceSpec spec(RuntimeChoice runtime) {
    return spec(
        runtime, "create role reader", "create table item as select generate_series(1, 100) as id");
  }

  private static String count(TestServer server) {
    return Sql.on(server.dataspace()).query("select count(*) from item");
  }

  private static void change(TestServer server) {
    Sql.on(server.dataspace()).run("delete from item", "drop role reader", "create role writer");
  }

  private static void assertAsMade(TestServer server) {
    assertThat(count(server)).isEqualTo("100");
    assertThat(
            Sql.on(server.dataspace())
                .query("select rolname from pg_roles where rolname in ('reader', 'writer')"))
        .isEqualTo("reader");
  }

  @EachRuntime
  void areReusedAsTheyWereMade(RuntimeChoice runtime) {
    try (TestHome home = TestHome.warm();
        TestServers servers = home.dataspaces().testServers(Duration.ZERO)) {
      TestServer first = servers.take(spec(runtime));
      String name = first.dataspace().name();
      for (int i = 0; i < 3; i++) {
        assertAsMade(first);
        change(first);
        first.giveBack();
        first = servers.take(spec(runtime));
        assertThat(first.dataspace().name()).isEqualTo(name);
      }
      first.giveBack();
    }
  }

  @EachRuntime
  void areLeftToTheNextBuildWhichStartsNone(RuntimeChoice runtime) {
    try (TestHome home = TestHome.warm()) {
      String name = useOnce(home, runtime, LONG);
      for (int i = 0; i < 2; i++) {
        Logs.Heard<String> next = Logs.during(() -> useOnce(home, runtime, LONG));
        assertThat(next.result()).isEqualTo(name);
        assertThat(next.log()).doesNotContain("Created").doesNotContain("Prepared");
      }
      home.dataspaces().get(name).destroy(true);
    }
  }

  private static String useOnce(TestHome home, RuntimeChoice runtime, Duration keep) {
    home.dataspaces(); // makes the home
    try (Dataspaces opened = home.open();
        TestServers servers = opened.testServers(keep)) {
      TestServer server = servers.take(spec(runtime));
      assertAsMade(server);
      change(server);
      String name = server.dataspace().name();
      server.giveBack();
      return name;
    }
  }

  @Test
  void whatSomebodyWritesIntoAnIdleOneIsNeverSeen() {
    try (TestHome home = TestHome.warm()) {
      String name = useOnce(home, RuntimeChoice.EMBEDDED, LONG);
      Sql.on(home.dataspaces().get(name)).run("delete from item");
      assertThat(useOnce(home, RuntimeChoice.EMBEDDED, LONG)).isEqualTo(name);
      home.dataspaces().get(name).destroy(true);
    }
  }

  @Test
  void oneThatWasStoppedIsLeftAloneAndAnotherMade() {
    try (TestHome home = TestHome.warm()) {
      String name = useOnce(home, RuntimeChoice.EMBEDDED, LONG);
      home.dataspaces().get(name).stop();
      String other = useOnce(home, RuntimeChoice.EMBEDDED, Duration.ZERO);
      assertThat(other).isNotEqualTo(name);
      home.dataspaces().get(name).destroy(true);
    }
  }

  @Test
  void anotherSeedIsAnotherServer() {
    try (TestHome home = TestHome.warm();
        TestServers servers = home.dataspaces().testServers(Duration.ZERO)) {
      TestServer one = servers.take(spec(RuntimeChoice.EMBEDDED));
      one.giveBack();
      TestServer other =
          servers.take(spec(RuntimeChoice.EMBEDDED, "create table item as select 1 as id"));
      assertThat(count(other)).isEqualTo("1");
      assertThat(other.dataspace().name()).isNotEqualTo(one.dataspace().name());
      other.giveBack();
    }
  }

  @Test
  void severalAtOnceAreSeveralServers() {
    try (TestHome home = TestHome.warm();
        TestServers servers = home.dataspaces().testServers(Duration.ZERO)) {
      TestServer one = servers.take(spec(RuntimeChoice.EMBEDDED));
      TestServer other = servers.take(spec(RuntimeChoice.EMBEDDED));
      change(one);
      assertAsMade(other);
      one.giveBack();
      other.giveBack();
    }
  }

  @EachRuntime
  void goByThemselvesWhenNobodyHasAskedForThemForAWhile(RuntimeChoice runtime) {
    try (TestHome home = TestHome.warm()) {
      String name = useOnce(home, runtime, Duration.ofSeconds(2));
      awaitEnd(home, name);
    }
  }

  @Test
  void goByThemselvesWhenTheirBuildIsKilled() {
    try (TestHome home = TestHome.warm()) {
      home.dataspaces(); // makes the home
      OtherJvm killed = OtherJvm.in(home.folder());
      String name = killed.ask("take", "embedded");
      killed.kill();
      awaitEnd(home, name);
    }
  }

  /** Nobody opens the home meanwhile, which would clear away as well. */
  private static void awaitEnd(TestHome home, String name) {
    assertThat(home.folderOf(name)).exists();
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (home.folderOf(name).toFile().exists() && System.nanoTime() < deadline) {
      Readiness.sleep(100);
    }
    assertThat(home.folderOf(name)).doesNotExist();
  }
}
