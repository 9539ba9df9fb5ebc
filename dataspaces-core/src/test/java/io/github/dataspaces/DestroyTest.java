package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Processes;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 5: destroying. */
class DestroyTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void removesServerAndDataAndNothingElse(RuntimeChoice runtime) {
    Dataspace goes = HOME.createWithItems(runtime);
    Dataspace stays = HOME.createWithItems(runtime);
    goes.snapshot("kept", false);
    Map<String, String> other = HOME.snapshotTree(goes.name(), "kept");
    ConnectionInfo address = goes.connection();
    goes.destroy(false);

    assertThat(Sql.on(address).answers()).isFalse();
    assertThat(HOME.folderOf(goes.name())).doesNotExist();
    assertThat(Processes.workingIn(HOME.folderOf(goes.name()))).isEmpty();
    assertThat(DockerEngine.answers() ? DockerEngine.containersOf(HOME.id(), goes.name()) : "")
        .asString()
        .doesNotContainPattern("[0-9a-f]{12}");
    Tree.assertSame(HOME.snapshotTree(goes.name(), "kept"), other);
    assertThat(Sql.on(stays).query("select count(*) from item")).isEqualTo("100");
    HOME.dataspaces().deleteSnapshot(new SnapshotReference(goes.name(), "kept"));
  }

  @EachRuntime
  void takesTheSnapshotsAlongWhenAsked(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.create(runtime);
    dataspace.snapshot("one", false);
    dataspace.snapshot("two", false);
    dataspace.destroy(true);
    assertThat(HOME.dataspaces().snapshots(dataspace.name())).isEmpty();
    assertThat(HOME.folderOf(dataspace.name(), "one")).doesNotExist();
    assertThat(HOME.dataspaces().dataspacesWithSnapshots()).doesNotContain(dataspace.name());
  }

  @EachRuntime
  void leavesNoFolderOfADataspaceWithoutSnapshots(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.create(runtime);
    dataspace.snapshot("one", false);
    dataspace.destroy(true);
    assertThat(HOME.folder().resolve("snapshots").resolve(dataspace.name())).doesNotExist();
  }

  @EachRuntime
  void aNewOneOfTheSameNameStartsEmpty(RuntimeChoice runtime) {
    Dataspace first = HOME.createWithItems(runtime);
    String password = first.connection().password();
    first.destroy(true);
    Dataspace second =
        HOME.dataspaces().create(DataspaceSpec.named(first.name()).runtime(runtime).build());
    assertThat(Sql.on(second).query("select count(*) from pg_tables where schemaname = 'public'"))
        .isEqualTo("0");
    assertThat(second.snapshots()).isEmpty();
    assertThat(second.connection().password()).isNotEqualTo(password);
  }

  @EachRuntime
  void endsOpenSessionsAndNeedsNoRunningServer(RuntimeChoice runtime) throws Exception {
    Dataspace stopped = HOME.create(runtime);
    stopped.stop();
    stopped.destroy(true);
    Dataspace busy = HOME.create(runtime);
    try (var connection = Sql.on(busy).connect()) {
      connection.setAutoCommit(false);
      connection.createStatement().execute("create table open_transaction (i int)");
      busy.destroy(true);
    }
    assertThat(HOME.dataspaces().find(busy.name())).isEmpty();
  }

  @Test
  void namesWhatThereIsInsteadOfOneThatIsMissing() {
    Dataspace there = HOME.create(RuntimeChoice.EMBEDDED);
    there.destroy(true);
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> there.destroy(false))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND))
        .withMessageContaining("There is no dataspace '" + there.name() + "'")
        .withMessageContaining("mvn dataspaces:create");
  }

  @Test
  void touchesNoContainerOfAnotherHomeOrProgram() {
    DockerEngine.require();
    String foreign =
        DockerEngine.docker(
                "run",
                "--detach",
                "--rm",
                "--label=io.github.dataspaces.name=stranger",
                "--label=io.github.dataspaces.home=another",
                "--entrypoint=sleep",
                "postgres:18",
                "600")
            .strip();
    try (TestHome other = TestHome.warm()) {
      Dataspace ours = other.create(RuntimeChoice.DOCKER);
      ours.destroy(true);
      other.dataspaces().prune(Duration.ZERO, false);
      assertThat(DockerEngine.docker("inspect", "--format={{.State.Running}}", foreign).strip())
          .isEqualTo("true");
    } finally {
      DockerEngine.docker("rm", "--force", foreign);
    }
  }

  @Test
  void leavesFilesThatItDidNotMake() throws IOException {
    try (TestHome other = TestHome.warm()) {
      Dataspace ours = other.create(RuntimeChoice.EMBEDDED);
      Path note = other.folder().resolve("note.txt");
      Files.writeString(note, "mine");
      ours.destroy(true);
      other.dataspaces().prune(Duration.ZERO, false);
      assertThat(note).hasContent("mine");
    }
  }

  @Test
  void leavesNoNetworkOfAHomeThatHasNothingAnyMore() {
    DockerEngine.require();
    try (TestHome other = TestHome.publishing()) {
      Dataspace ours = other.create(RuntimeChoice.DOCKER);
      assertThat(DockerEngine.ofHome("network", other.id())).hasSize(1);
      ours.destroy(true);
      other.dataspaces().prune(Duration.ZERO, false);
      assertThat(DockerEngine.ofHome("network", other.id())).isEmpty();
    }
  }
}
