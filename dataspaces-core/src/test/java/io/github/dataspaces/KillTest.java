package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.KillPoints;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;

/**
 * The JVM is killed in the middle of each operation, at several points of it. Whoever opens the
 * home next finds the old state or the new, nothing half-made, and every snapshot.
 */
@Timeout(300)
class KillTest {

  private static final String NAME = "shop";

  @EachRuntime
  void inTheMiddleOfASnapshot(RuntimeChoice runtime) {
    try (TestHome home = homeWithShop(runtime)) {
      Map<String, String> old = home.snapshotTree(NAME, "old");
      KillPoints points = new KillPoints(home, "snapshot", NAME, "new");
      points.each(
          all -> {
            assertRunsWith(all, "200");
            Tree.assertSame(home.snapshotTree(NAME, "old"), old);
            if (all.snapshots(NAME).stream().anyMatch(taken -> taken.name().equals("new"))) {
              assertSnapshotHolds(all, "new", "200");
              deleteSnapshot(all, "new");
            }
          });
    }
  }

  @EachRuntime
  void inTheMiddleOfAnUpdate(RuntimeChoice runtime) {
    try (TestHome home = homeWithShop(runtime)) {
      home.dataspaces().get(NAME).snapshot("updated", false);
      KillPoints points = new KillPoints(home, "update", NAME, "updated");
      points.before(
          all -> {
            // the old state and the new differ
            all.get(NAME).rollback("old");
            all.get(NAME).snapshot("updated", true);
            Sql.on(all.get(NAME)).run("insert into item select generate_series(101, 200)");
          });
      points.each(
          all -> {
            assertRunsWith(all, "200");
            all.get(NAME).rollback("updated");
            assertThat(rows(all)).isIn("100", "200");
          });
    }
  }

  @EachRuntime
  void inTheMiddleOfARollback(RuntimeChoice runtime) {
    try (TestHome home = homeWithShop(runtime)) {
      Map<String, String> old = home.snapshotTree(NAME, "old");
      Sql.on(home.dataspaces().get(NAME))
          .run("create unlogged table quick as select generate_series(1, 50) i");
      KillPoints points = new KillPoints(home, "rollback", NAME, "old");
      points.each(
          all -> {
            Tree.assertSame(home.snapshotTree(NAME, "old"), old);
            assertThat(rows(all)).isIn("100", "200");
            if (rows(all).equals("200")) {
              assertThat(Sql.on(all.get(NAME)).query("select count(*) from quick")).isEqualTo("50");
            } else {
              Sql.on(all.get(NAME))
                  .run(
                      "insert into item select generate_series(101, 200)",
                      "create unlogged table quick as select generate_series(1, 50) i");
            }
          });
    }
  }

  @EachRuntime
  void inTheMiddleOfACreation(RuntimeChoice runtime) {
    try (TestHome home = homeWithShop(runtime)) {
      KillPoints points = new KillPoints(home, "create", "made", runtime.toString());
      points.each(
          all -> {
            assertRunsWith(all, "200");
            Optional<Dataspace> made = all.find("made");
            made.ifPresent(
                dataspace -> {
                  assertThat(Sql.on(dataspace).answers()).isTrue();
                  dataspace.destroy(true);
                });
            assertThat(home.folderOf("made")).doesNotExist();
          });
    }
  }

  @EachRuntime
  void inTheMiddleOfACopy(RuntimeChoice runtime) {
    try (TestHome home = homeWithShop(runtime)) {
      KillPoints points = new KillPoints(home, "copy", NAME, "copied");
      points.each(
          all -> {
            assertRunsWith(all, "200");
            Optional<Dataspace> copied = all.find("copied");
            copied.ifPresent(
                dataspace -> {
                  assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("200");
                  dataspace.destroy(true);
                });
            assertThat(home.folderOf("copied")).doesNotExist();
          });
    }
  }

  @EachRuntime
  void inTheMiddleOfADestruction(RuntimeChoice runtime) {
    try (TestHome home = homeWithShop(runtime)) {
      Map<String, String> old = home.snapshotTree(NAME, "old");
      KillPoints points = new KillPoints(home, "destroy", NAME, "false");
      points.each(
          all -> {
            Tree.assertSame(home.snapshotTree(NAME, "old"), old);
            if (all.find(NAME).isPresent()) {
              assertRunsWith(all, "200");
            } else {
              assertThat(home.folderOf(NAME)).doesNotExist();
              fill(all, runtime);
            }
          });
    }
  }

  private static TestHome homeWithShop(RuntimeChoice runtime) {
    TestHome home = TestHome.warm();
    fill(home.dataspaces(), runtime);
    return home;
  }

  private static void fill(Dataspaces all, RuntimeChoice runtime) {
    Dataspace shop = all.create(DataspaceSpec.named(NAME).runtime(runtime).build());
    Sql.on(shop).run("create table item as select generate_series(1, 100) i");
    if (shop.snapshots().isEmpty()) {
      shop.snapshot("old", false);
    }
    Sql.on(shop).run("insert into item select generate_series(101, 200)");
  }

  private static void assertRunsWith(Dataspaces all, String rows) {
    assertThat(all.get(NAME).info().state()).isEqualTo("running");
    assertThat(rows(all)).isEqualTo(rows);
  }

  private static String rows(Dataspaces all) {
    return Sql.on(all.get(NAME)).query("select count(*) from item");
  }

  private static void assertSnapshotHolds(Dataspaces all, String snapshot, String rows) {
    all.get(NAME).rollback(snapshot);
    assertThat(rows(all)).isEqualTo(rows);
  }

  private static void deleteSnapshot(Dataspaces all, String snapshot) {
    all.deleteSnapshot(new SnapshotReference(NAME, snapshot));
  }
}
