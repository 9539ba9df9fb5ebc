package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Operation;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.KillPoints;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JVM is killed in the middle of what is done with snapshots. Whoever opens the home next finds
 * the old state or the new, nothing half-made, every snapshot, and a dataspace that runs as before.
 */
@Timeout(240)
class KillSnapshotsTest {

  private static final String NAME = "shop";

  @EachRuntime
  void inTheMiddleOfASnapshot(RuntimeChoice runtime) {
    try (TestHome home = homeWithShop(runtime)) {
      home.dataspaces().get(NAME).snapshot("old", false);
      Map<String, String> old = home.snapshotTree(NAME, "old");
      AtomicInteger written = new AtomicInteger();
      KillPoints.of(runtime)
          .before(all -> write(all, written.incrementAndGet()))
          .each(
              home,
              all -> {
                assertThat(rows(all)).isEqualTo(written.get());
                Tree.assertSame(home.snapshotTree(NAME, "old"), old);
                if (!all.get(NAME).info().snapshots().equals(List.of("old"))) {
                  all.get(NAME).rollback("new");
                  assertThat(rows(all)).isEqualTo(written.get());
                  all.deleteSnapshot(new SnapshotReference(NAME, "new"));
                }
              },
              "snapshot",
              NAME,
              "new");
    }
  }

  @EachRuntime
  void inTheMiddleOfAnUpdate(RuntimeChoice runtime) {
    try (TestHome home = homeWithShop(runtime)) {
      home.dataspaces().get(NAME).snapshot("updated", false);
      AtomicInteger written = new AtomicInteger();
      KillPoints.of(runtime)
          .before(all -> write(all, written.incrementAndGet()))
          .each(
              home,
              all -> {
                assertThat(rows(all)).isEqualTo(written.get());
                all.get(NAME).rollback("updated");
                assertThat(rows(all)).isIn(written.get() - 1, written.get());
                written.set(rows(all));
              },
              "update",
              NAME,
              "updated");
    }
  }

  @EachRuntime
  void inTheMiddleOfARollback(RuntimeChoice runtime) {
    try (TestHome home = homeWithShop(runtime)) {
      home.dataspaces().get(NAME).snapshot("old", false);
      Map<String, String> old = home.snapshotTree(NAME, "old");
      KillPoints.of(runtime)
          .before(all -> write(all, 1))
          .each(
              home,
              all -> {
                Tree.assertSame(home.snapshotTree(NAME, "old"), old);
                assertThat(rows(all)).isIn(0, 1);
                Sql.on(all.get(NAME)).run("delete from written", "delete from quick");
              },
              "rollback",
              NAME,
              "old");
    }
  }

  @EachRuntime
  void inTheMiddleOfAnImport(RuntimeChoice runtime, @TempDir Path folder) throws IOException {
    Path dump = folder.resolve("dump.sql");
    Files.writeString(
        dump,
        "create role imported; create table imported (i int);\n"
            + "insert into imported values (1);\n".repeat(20_000)
            + "create index on imported (i);\n");
    try (TestHome home = homeWithShop(runtime)) {
      KillPoints.of(runtime)
          .each(
              home,
              all -> {
                assertThat(rows(all)).isZero();
                Sql shop = Sql.on(all.get(NAME));
                if (!shop.query("select to_regclass('imported')").equals("null")) {
                  assertThat(shop.query("select count(*) from imported")).isEqualTo("20000");
                  assertThat(
                          shop.query(
                              "select count(*) from pg_index where indrelid = 'imported'::regclass"))
                      .isEqualTo("1");
                  shop.run("drop table imported", "drop role imported");
                }
                assertThat(shop.query("select to_regrole('imported')")).isEqualTo("null");
              },
              "import",
              NAME,
              dump.toString());
    }
  }

  /** Whoever clears up after a build that died may die as well. */
  @Test
  void inTheMiddleOfClearingUp() {
    KillPoints.of(RuntimeChoice.EMBEDDED)
        .eachFresh(
            KillSnapshotsTest::homeWithAnInterruptedSnapshot,
            (home, all) -> assertThat(rows(all)).isZero(),
            "open");
  }

  private static TestHome homeWithAnInterruptedSnapshot() {
    TestHome home = homeWithShop(RuntimeChoice.EMBEDDED);
    Entry<DataspaceRecord> entry = new Entry<>(home.folderOf(NAME), DataspaceRecord.class);
    DataspaceRecord record = entry.read().orElseThrow();
    home.dataspaces().get(NAME).stop();
    entry.begin(
        new Operation(
            "the snapshot 'new'",
            true,
            record.port(),
            record.origin().runtime(),
            record.origin().source()));
    return home;
  }

  private static TestHome homeWithShop(RuntimeChoice runtime) {
    TestHome home = TestHome.warm();
    Dataspace shop = home.dataspaces().create(DataspaceSpec.named(NAME).runtime(runtime).build());
    Sql.on(shop).run("create table written (i int)", "create unlogged table quick (i int)");
    return home;
  }

  private static void write(Dataspaces all, int number) {
    Sql.on(all.get(NAME))
        .run(
            "insert into written values (%d)".formatted(number),
            "insert into quick values (%d)".formatted(number));
  }

  /** As many as were written, in a table whose rows survive a crash and in one whose do not. */
  private static int rows(Dataspaces all) {
    assertThat(all.get(NAME).info().state()).isEqualTo("running");
    String counts =
        Sql.on(all.get(NAME))
            .query("select (select count(*) from written), (select count(*) from quick)");
    assertThat(counts.split("\\|")[1]).as("unlogged rows").isEqualTo(counts.split("\\|")[0]);
    return Integer.parseInt(counts.split("\\|")[0]);
  }
}
