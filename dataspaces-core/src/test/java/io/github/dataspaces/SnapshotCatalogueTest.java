package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 11: listing, copying and deleting snapshots. */
class SnapshotCatalogueTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void listCopyAndDeleteStayInStepWithTheDisk(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    Dataspaces all = HOME.dataspaces();
    dataspace.snapshot("base", false);
    SnapshotReference base = new SnapshotReference(dataspace.name(), "base");
    SnapshotReference elsewhere = new SnapshotReference("never-created", "copy");
    SnapshotInfo copied = all.copySnapshot(base, elsewhere);
    assertThat(copied.dataspace() + "/" + copied.name()).isEqualTo("never-created/copy");
    assertThat(copied.parent()).contains(base.toString());
    assertThat(all.dataspacesWithSnapshots()).containsExactly(dataspace.name(), "never-created");
    assertThat(all.snapshots("never-created")).hasSize(1);
    assertThat(HOME.folderOf("never-created", "copy")).isDirectory();

    all.deleteSnapshot(base);
    assertThat(dataspace.snapshots()).isEmpty();
    assertThat(HOME.folderOf(dataspace.name(), "base")).doesNotExist();

    dataspace.rollback(elsewhere);
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
    all.deleteSnapshot(elsewhere);
    assertThat(all.dataspacesWithSnapshots()).isEmpty();
    assertThat(HOME.folderOf("never-created", "copy")).doesNotExist();
  }

  @Test
  void aMissingSourceIsAnErrorAndCreatesNothing() {
    Dataspace dataspace = HOME.create(RuntimeChoice.EMBEDDED);
    dataspace.snapshot("there", false);
    SnapshotReference missing = new SnapshotReference(dataspace.name(), "missing");
    Map<String, String> before = Tree.of(HOME.folder().resolve("snapshots"));
    refused(
        Reason.NOT_FOUND,
        () -> HOME.dataspaces().copySnapshot(missing, new SnapshotReference("other", "copy")));
    refused(Reason.NOT_FOUND, () -> HOME.dataspaces().deleteSnapshot(missing));
    refused(Reason.NOT_FOUND, () -> dataspace.rollback("missing"));
    refused(
        Reason.NOT_FOUND,
        () -> HOME.dataspaces().create(HOME.spec(RuntimeChoice.AUTO).from(missing).build()));
    Tree.assertSame(Tree.of(HOME.folder().resolve("snapshots")), before);
    assertThat(Sql.on(dataspace).answers()).isTrue();
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> dataspace.rollback("missing"))
        .withMessage(
            "Dataspace '%1$s' has no snapshot 'missing'. It has: there. Take one with: mvn dataspaces:snapshot -Ddataspaces.name=%1$s -Ddataspaces.snapshot=missing",
            dataspace.name());
  }

  @Test
  void aCopyDoesNotReplaceWhatIsThere() {
    Dataspace dataspace = HOME.create(RuntimeChoice.EMBEDDED);
    dataspace.snapshot("one", false);
    dataspace.snapshot("two", false);
    Map<String, String> before = Tree.of(HOME.folder().resolve("snapshots"));
    refused(
        Reason.ALREADY_EXISTS,
        () ->
            HOME.dataspaces()
                .copySnapshot(
                    new SnapshotReference(dataspace.name(), "one"),
                    new SnapshotReference(dataspace.name(), "two")));
    refused(
        Reason.ALREADY_EXISTS,
        () ->
            HOME.dataspaces()
                .copySnapshot(
                    new SnapshotReference(dataspace.name(), "one"),
                    new SnapshotReference(dataspace.name(), "one")));
    Tree.assertSame(Tree.of(HOME.folder().resolve("snapshots")), before);
  }

  @Test
  void snapshotsOutliveTheirDataspace() {
    Dataspace dataspace = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    dataspace.snapshot("base", false);
    dataspace.destroy(false);
    SnapshotReference base = new SnapshotReference(dataspace.name(), "base");
    assertThat(HOME.dataspaces().snapshots(dataspace.name())).hasSize(1);
    Dataspace heir = HOME.dataspaces().create(HOME.spec(RuntimeChoice.EMBEDDED).from(base).build());
    assertThat(Sql.on(heir).query("select count(*) from item")).isEqualTo("100");
  }

  private static void refused(Reason reason, Runnable request) {
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(request::run)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e.remedy()).isNotBlank());
  }
}
