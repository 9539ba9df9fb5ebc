package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Logs;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows 8 to 10: taking snapshots and updating them. */
class SnapshotTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void theDataspaceGoesOnAsItWas(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    ConnectionInfo before = dataspace.connection();
    SnapshotInfo taken = dataspace.snapshot("base", false);
    assertThat(dataspace.connection()).isEqualTo(before);
    assertThat(Sql.on(before).query("select count(*) from item")).isEqualTo("100");
    assertThat(taken.name()).isEqualTo("base");
    assertThat(taken.version()).isEqualTo(dataspace.info().version());
    assertThat(taken.cloner()).isEqualTo(dataspace.info().cloner());
    assertThat(taken.size()).isGreaterThan(20_000_000);

    dataspace.stop();
    dataspace.snapshot("stopped", false);
    assertThat(dataspace.info().state()).isEqualTo("stopped");
    assertThat(dataspace.snapshots())
        .extracting(SnapshotInfo::name)
        .containsExactly("base", "stopped");
    assertThat(dataspace.snapshots().get(1).parent()).contains(dataspace.name() + "/base");
  }

  @EachRuntime
  void saysInOneLineHowItWasMadeAndWhatItTook(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.create(runtime);
    String log = Logs.of(() -> dataspace.snapshot("base", false));
    assertThat(log.lines())
        .singleElement()
        .asString()
        .containsPattern(
            "Took snapshot 'base' of '%s' in [0-9.]+ m?s: [0-9]+ MB by (rsync|copy|reflink|btrfs-subvolume), [0-9.]+ .?B taken on disk"
                .formatted(dataspace.name()));
  }

  @EachRuntime
  void aNameThatIsTakenIsRefusedAndTheOriginalUntouched(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    dataspace.snapshot("base", false);
    Map<String, String> original = HOME.snapshotTree(dataspace.name(), "base");
    Sql.on(dataspace).run("delete from item");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> dataspace.snapshot("base", false))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_EXISTS))
        .withMessageContaining("'" + dataspace.name() + "'")
        .withMessageContaining("'base'")
        .withMessageContaining("-Ddataspaces.update=true");
    Tree.assertSame(HOME.snapshotTree(dataspace.name(), "base"), original);
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("0");
  }

  @EachRuntime
  void anUpdateEqualsAFreshSnapshot(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    Sql sql = Sql.on(dataspace);
    sql.run("create table goes as select repeat('x', 1000) from generate_series(1, 2000)");
    dataspace.snapshot("updated", false);
    sql.run(
        "drop table goes",
        "update item set name = upper(name) where id % 2 = 0",
        "create table comes as select generate_series(1, 5000) i",
        "create index on comes (i)");
    dataspace.stop();
    SnapshotInfo updated = dataspace.snapshot("updated", true);
    dataspace.snapshot("fresh", false);
    Tree.assertSame(dataOf(dataspace.name(), "updated"), dataOf(dataspace.name(), "fresh"));
    assertThat(HOME.folderOf(dataspace.name(), "updated").resolve("data-1")).doesNotExist();

    dataspace.start();
    sql.run("drop table comes, item");
    dataspace.rollback("updated");
    assertThat(
            sql.query(
                "select (select count(*) from comes), count(*) filter (where name like 'ITEM%') from item"))
        .isEqualTo("5000|50");
    assertThat(updated.taken()).isLessThanOrEqualTo(updated.size());
  }

  @Test
  void anUpdateCopiesOnlyWhatHasChanged() {
    Dataspace dataspace = HOME.create(RuntimeChoice.EMBEDDED);
    Sql.on(dataspace)
        .run("create table big as select repeat('x', 1000) from generate_series(1, 30000)");
    dataspace.snapshot("base", false);
    Sql.on(dataspace).run("create table small (i int)");
    SnapshotInfo updated = dataspace.snapshot("base", true);
    assertThat(updated.cloner()).isEqualTo("rsync");
    assertThat(updated.taken()).isLessThan(updated.size() / 2);
  }

  @EachRuntime
  void aSnapshotIsNotChangedByWhatIsDoneAfterwards(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    dataspace.snapshot("base", false);
    Map<String, String> original = HOME.snapshotTree(dataspace.name(), "base");
    Sql.on(dataspace).run("update item set name = 'changed'", "vacuum full item", "checkpoint");
    dataspace.snapshot("later", false);
    dataspace.rollback("base");
    Sql.on(dataspace).run("drop table item", "checkpoint");
    dataspace.snapshot("later", true);
    Tree.assertSame(HOME.snapshotTree(dataspace.name(), "base"), original);
  }

  @Test
  void anUnloggedTableIsInItToo() {
    Dataspace dataspace = HOME.create(RuntimeChoice.EMBEDDED);
    Sql.on(dataspace)
        .run("create unlogged table quick (i int)", "insert into quick values (1), (2)");
    dataspace.snapshot("base", false);
    assertThat(Sql.on(dataspace).query("select count(*) from quick")).isEqualTo("2");
    Sql.on(dataspace).run("drop table quick");
    dataspace.rollback("base");
    assertThat(Sql.on(dataspace).query("select count(*) from quick")).isEqualTo("2");
  }

  private static Map<String, String> dataOf(String dataspace, String snapshot) {
    return Tree.of(
        HOME.folderOf(dataspace, snapshot).resolve("data-" + number(dataspace, snapshot)));
  }

  private static int number(String dataspace, String snapshot) {
    return Tree.of(HOME.folderOf(dataspace, snapshot)).keySet().stream()
        .filter(path -> path.matches("data-[0-9]+"))
        .mapToInt(path -> Integer.parseInt(path.substring("data-".length())))
        .max()
        .orElseThrow();
  }
}
