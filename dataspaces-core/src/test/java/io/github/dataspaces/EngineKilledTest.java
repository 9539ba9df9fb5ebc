package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.OtherJvm;
import io.github.dataspaces.testkit.OwnEngine;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.WritesToDisks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The Docker engine is killed, or hangs, under a running dataspace: nobody claims to know more than
 * can be known, nothing is done to files that a container may be writing, and start brings it back.
 */
@Timeout(120)
@WritesToDisks
class EngineKilledTest {

  private static final String ITEMS = "select count(*), sum(id) from item";
  private static final Duration QUICKLY = Duration.ofSeconds(30);

  @Test
  void theStateIsToldTruthfullyAndStartRecoversTheData() {
    Path folder = TestHome.freshFolder();
    try (OwnEngine engine = OwnEngine.with("postgres:18");
        OtherJvm jvm = engine.jvm(folder.resolve("home"))) {
      jvm.ask("create", "shop", "docker");
      jvm.ask("sql", "shop", "create table item as select generate_series(1, 100) id");
      jvm.ask("snapshot", "shop", "base");
      jvm.ask("sql", "shop", "insert into item values (101)");
      String url = jvm.ask("url", "shop");
      assertThat(jvm.ask("list")).isEqualTo("shop running");

      engine.freeze();
      assertNobodyKnows(jvm);
      engine.thaw();
      assertThat(jvm.ask("list")).isEqualTo("shop running");

      engine.kill();
      assertNobodyKnows(jvm);
      assertNothingIsDone(jvm, folder.resolve("home"));

      engine.start();
      assertThat(jvm.ask("list")).isEqualTo("shop stopped");
      jvm.ask("start", "shop");
      assertThat(jvm.ask("url", "shop")).isEqualTo(url);
      assertThat(jvm.ask("query", "shop", ITEMS)).isEqualTo("101|5151");
      jvm.ask("rollback", "shop", "base");
      assertThat(jvm.ask("query", "shop", ITEMS)).isEqualTo("100|5050");
      jvm.ask("destroy", "shop", "true");
      assertThat(engine.containers()).isEmpty();
    } finally {
      Command.run(Map.of(), "rm", "-rf", folder.toString());
    }
  }

  private static void assertNobodyKnows(OtherJvm jvm) {
    long start = System.nanoTime();
    assertThat(jvm.ask("list")).isEqualTo("shop unknown");
    OtherJvm.Answer answer = jvm.attempt("url", "shop");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(QUICKLY);
    assertRefused(answer);
  }

  private static void assertNothingIsDone(OtherJvm jvm, Path home) {
    assertRefused(jvm.attempt("stop", "shop"));
    assertRefused(jvm.attempt("snapshot", "shop", "torn"));
    assertRefused(jvm.attempt("rollback", "shop", "base"));
    assertRefused(jvm.attempt("copy", "shop", "copied"));
    assertRefused(jvm.attempt("destroy", "shop", "true"));
    assertThat(jvm.ask("list")).isEqualTo("shop unknown");
    assertThat(home.resolve("snapshots/shop/torn")).doesNotExist();
    assertThat(home.resolve("dataspaces/copied")).doesNotExist();
    assertThat(Files.exists(home.resolve("dataspaces/shop/operation.json"))).isFalse();
  }

  private static void assertRefused(OtherJvm.Answer answer) {
    assertThat(answer.ok()).isFalse();
    assertThat(answer.words().get(0)).isEqualTo("INFRASTRUCTURE");
    assertThat(answer.words().get(1)).startsWith("No Docker engine answers at ");
    assertThat(answer.words().get(2)).contains("Start Docker");
  }
}
