package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.OtherJvm;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Row 1: setting up. */
class SetupTest {

  private static final List<String> FOLDERS =
      List.of("dataspaces", "snapshots", "templates", "runtimes", "locks");

  @Test
  void makesTheHomeForItsOwnerOnly() {
    try (TestHome home = TestHome.fresh()) {
      assertThat(home.folder()).doesNotExist();
      home.dataspaces();
      assertThat(Tree.of(home.folder()).get("")).startsWith("40700 ");
      assertThat(FOLDERS)
          .allSatisfy(
              folder -> assertThat(Tree.of(home.folder()).get(folder)).startsWith("40700 "));
    }
  }

  @Test
  void changesNothingTheSecondTime() {
    try (TestHome home = TestHome.fresh()) {
      home.dataspaces().setup();
      Map<String, String> before = Tree.ofHome(home.folder());
      try (Dataspaces again = home.open()) {
        assertThat(again.setup()).isEqualTo(home.dataspaces().setup());
      }
      Tree.assertSame(Tree.ofHome(home.folder()), before);
    }
  }

  @Test
  void looksAtEverythingThatIsUsed() {
    try (TestHome home = TestHome.fresh()) {
      List<SetupCheck> checks = home.dataspaces().setup();
      assertThat(checks)
          .extracting(SetupCheck::what)
          .contains("home", "runtime docker", "runtime embedded", "copy method", "rsync");
      assertThat(check(checks, "home").detail()).isEqualTo(home.folder().toString());
      assertThat(check(checks, "runtime embedded").ok()).isTrue();
      assertThat(check(checks, "runtime docker").ok()).isEqualTo(DockerEngine.answers());
      assertThat(check(checks, "copy method").detail()).isNotBlank();
    }
  }

  @Test
  void saysWhatIsMissingAndHowToGetIt() throws Exception {
    Path tools = Files.createDirectories(Path.of("target", "few-tools")).toAbsolutePath();
    for (String tool : List.of("sh", "id", "true", "cp", "rm", "setpriv", "unshare", "sync")) {
      Path link = tools.resolve(tool);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, Path.of("/usr/bin", tool));
    }
    try (TestHome home = TestHome.fresh();
        OtherJvm jvm =
            OtherJvm.with(home.folder())
                .environment("PATH", tools.toString())
                .environment("DOCKER_HOST", "tcp://127.0.0.1:9")
                .start()) {
      String checks = jvm.ask("setup");
      assertThat(checks).containsPattern("rsync: false .*apt-get install rsync");
      assertThat(checks).containsPattern("runtime docker: false .*tcp://127.0.0.1:9");
      assertThat(checks).contains("runtime embedded: true");
    }
  }

  private static SetupCheck check(List<SetupCheck> checks, String what) {
    return checks.stream().filter(check -> check.what().equals(what)).findFirst().orElseThrow();
  }
}
