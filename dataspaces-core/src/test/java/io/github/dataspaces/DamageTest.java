package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Logs;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged records: everything else goes on, the file is named, nothing is touched. */
class DamageTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"data\": 1}", "{\"data\": \"x\"}", "\0\1\2"})
  void aDamagedRecordIsListedAsUnreadable(String content) throws IOException {
    Dataspace damaged = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    Dataspace whole = HOME.create(RuntimeChoice.EMBEDDED);
    Path record = HOME.folderOf(damaged.name()).resolve("record.json");
    byte[] original = Files.readAllBytes(record);
    Files.writeString(record, content);
    Map<String, String> before =
        Tree.of(HOME.folderOf(damaged.name()).resolve("data-1/files/base"));
    try (Dataspaces opened = HOME.open()) {
      assertThat(opened.list())
          .extracting(info -> info.name() + " " + info.state())
          .containsExactlyInAnyOrder(damaged.name() + " unreadable", whole.name() + " running");
      for (Runnable request :
          new Runnable[] {
            damaged::start,
            damaged::stop,
            damaged::connection,
            damaged::info,
            () -> damaged.snapshot("s", false),
            () -> damaged.rollback("s"),
            () -> damaged.copy("c")
          }) {
        assertThat(refused(request)).contains(record.toString());
      }
      opened.prune(Duration.ZERO, false);
    } finally {
      assertThat(record).hasContent(content);
      Files.write(record, original);
    }
    Tree.assertSame(Tree.of(HOME.folderOf(damaged.name()).resolve("data-1/files/base")), before);
    assertThat(Sql.on(damaged).query("select count(*) from item")).isEqualTo("100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "{\"data\": 1}"})
  void aDamagedManifestIsNamedAndDoesNotHinderOthers(String content) throws IOException {
    Dataspace dataspace = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    dataspace.snapshot("damaged", false);
    dataspace.snapshot("whole", false);
    Path manifest = HOME.folderOf(dataspace.name(), "damaged").resolve("record.json");
    Files.writeString(manifest, content);
    Map<String, String> before = HOME.snapshotTree(dataspace.name(), "damaged");
    SnapshotReference reference = new SnapshotReference(dataspace.name(), "damaged");
    try (Dataspaces opened = HOME.open()) {
      for (Runnable request :
          new Runnable[] {
            () -> dataspace.rollback("damaged"),
            () -> dataspace.snapshot("damaged", false),
            () -> opened.copySnapshot(reference, new SnapshotReference("other", "copy")),
            () -> opened.create(HOME.spec(RuntimeChoice.AUTO).from(reference).build())
          }) {
        assertThat(refused(request)).contains(manifest.toString());
      }
      assertThat(opened.get(dataspace.name()).info().snapshots())
          .containsExactly("damaged", "whole");
      assertThat(opened.snapshots(dataspace.name()))
          .extracting(info -> info.name() + " " + info.readable())
          .containsExactly("damaged false", "whole true");
    }
    Tree.assertSame(HOME.snapshotTree(dataspace.name(), "damaged"), before);
    Sql.on(dataspace).run("drop table item");
    dataspace.rollback("whole");
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
    dataspace.destroy(true);
    assertThat(HOME.folderOf(dataspace.name(), "damaged")).doesNotExist();
    assertThat(HOME.folderOf(dataspace.name(), "whole")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"data\": 1}"})
  void aDamagedSnapshotCanBeDeleted(String content) throws IOException {
    Dataspace dataspace = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    dataspace.snapshot("damaged", false);
    Files.writeString(HOME.folderOf(dataspace.name(), "damaged").resolve("record.json"), content);
    HOME.dataspaces().deleteSnapshot(new SnapshotReference(dataspace.name(), "damaged"));
    assertThat(dataspace.snapshots()).isEmpty();
    assertThat(HOME.folderOf(dataspace.name(), "damaged")).doesNotExist();
  }

  /** Its server runs all the while, and nothing tells any more which one it is. */
  @EachRuntime
  void aDamagedOneCanBeDestroyed(RuntimeChoice runtime) throws IOException {
    Dataspace damaged = HOME.createWithItems(runtime);
    Dataspace whole = HOME.createWithItems(runtime);
    damaged.snapshot("base", false);
    damaged.snapshot("damaged", false);
    int port = damaged.connection().port();
    Files.writeString(HOME.folderOf(damaged.name()).resolve("record.json"), "{");
    Files.writeString(HOME.folderOf(damaged.name(), "damaged").resolve("record.json"), "{");
    Logs.Heard<Boolean> heard =
        Logs.during(
            () -> {
              damaged.destroy(true);
              return true;
            });
    assertThat(heard.log())
        .contains("Destroyed '%s' and 2 snapshots".formatted(damaged.name()))
        .contains("damaged");
    assertThat(HOME.dataspaces().find(damaged.name())).isEmpty();
    assertThat(HOME.folderOf(damaged.name())).doesNotExist();
    assertThat(HOME.folder().resolve("snapshots").resolve(damaged.name())).doesNotExist();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    assertThat(Sql.on(whole).query("select count(*) from item")).isEqualTo("100");
    HOME.assertTidy();
  }

  private static String refused(Runnable request) {
    DataspaceException refusal = catchThrowableOfType(DataspaceException.class, request::run);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(Reason.INFRASTRUCTURE);
    assertThat(refusal.remedy()).isNotBlank();
    return refusal.getMessage();
  }
}
