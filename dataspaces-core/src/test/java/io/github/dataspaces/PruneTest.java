package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Eventually;
import io.github.dataspaces.testkit.OtherJvm;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What has expired, what nobody knows any more, and what goes with its process. */
class PruneTest {

  private static final Duration AN_HOUR = Duration.ofHours(1);

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void whatHasExpiredGoesAndTheRestStays(RuntimeChoice runtime) {
    Dataspace expired =
        HOME.dataspaces().create(HOME.spec(runtime).ttl(Duration.ofMillis(1)).build());
    expired.snapshot("named", false);
    Dataspace later = HOME.dataspaces().create(HOME.spec(runtime).ttl(AN_HOUR).build());
    Dataspace never = HOME.dataspaces().create(HOME.spec(runtime).ttl(Duration.ZERO).build());
    Map<String, String> before = Tree.ofHome(HOME.folder().resolve("snapshots"));

    List<String> dry = HOME.dataspaces().prune(AN_HOUR, true);
    assertThat(dry).containsExactly("dataspace '" + expired.name() + "'");
    assertThat(Sql.on(expired).answers()).isTrue();
    Tree.assertSame(Tree.ofHome(HOME.folder().resolve("snapshots")), before);

    assertThat(HOME.dataspaces().prune(AN_HOUR, false)).isEqualTo(dry);
    assertThat(HOME.dataspaces().list())
        .extracting(DataspaceInfo::name)
        .containsExactlyInAnyOrder(later.name(), never.name());
    assertThat(HOME.dataspaces().snapshots(expired.name())).hasSize(1);
    assertThat(Sql.on(never).answers()).isTrue();
  }

  @Test
  void aContainerThatNobodyKnowsGoes() {
    DockerEngine.require();
    String orphan =
        DockerEngine.docker(
                "run",
                "--detach",
                "--label=io.github.dataspaces.home=" + HOME.id(),
                "--label=io.github.dataspaces.name=forgotten",
                "--entrypoint=sleep",
                "postgres:18",
                "600")
            .strip();
    try {
      List<String> dry = HOME.dataspaces().prune(AN_HOUR, true);
      assertThat(dry).hasSize(1).first().asString().startsWith("container ");
      assertThat(DockerEngine.ofHome("container", HOME.id())).hasSize(1);
      assertThat(HOME.dataspaces().prune(AN_HOUR, false)).isEqualTo(dry);
      assertThat(DockerEngine.ofHome("container", HOME.id())).isEmpty();
    } finally {
      DockerEngine.ofHome("container", HOME.id())
          .forEach(container -> DockerEngine.docker("rm", "--force", orphan));
    }
  }

  @Test
  void unusedTemplatesGoAndAreMadeAgain() {
    try (TestHome home = TestHome.warm()) {
      home.create(RuntimeChoice.EMBEDDED);
      Path templates = home.folder().resolve("templates");
      assertThat(home.dataspaces().prune(AN_HOUR, false)).isEmpty();
      assertThat(templates).isNotEmptyDirectory();
      List<String> removed = home.dataspaces().prune(Duration.ZERO, false);
      assertThat(removed).isNotEmpty().allMatch(what -> what.startsWith("template of postgres"));
      assertThat(templates).isEmptyDirectory();
      assertThat(Sql.on(home.create(RuntimeChoice.EMBEDDED)).answers()).isTrue();
    }
  }

  @EachRuntime
  void anEphemeralOneGoesWithTheProcessThatMadeIt(RuntimeChoice runtime) {
    try (OtherJvm jvm = OtherJvm.in(HOME.folder())) {
      jvm.ask("create", "passing", runtime.toString(), "ephemeral=true");
      jvm.ask("snapshot", "passing", "base");
      HOME.open().close();
      assertThat(HOME.dataspaces().find("passing")).isPresent();
      jvm.kill();
    }
    Eventually.holds(
        "the process's dataspace has gone with it",
        () -> {
          HOME.open().close();
          return HOME.dataspaces().find("passing").isEmpty();
        });
    assertThat(HOME.dataspaces().snapshots("passing")).isEmpty();
    assertThat(HOME.folderOf("passing")).doesNotExist();
  }
}
