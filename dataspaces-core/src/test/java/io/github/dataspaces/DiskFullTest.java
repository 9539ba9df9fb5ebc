package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.Disk;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The disk is full: the error says so, and nothing that was there is lost. */
@ResourceLock("the small disk")
class DiskFullTest {

  @EachRuntime
  void everyOperationSaysSoAndLeavesWhatIsThere(RuntimeChoice runtime) throws IOException {
    Path disk = Disk.SMALL.folder();
    Path ballast = disk.resolve("ballast");
    try (TestHome home = TestHome.little(disk.resolve("home"), runtime)) {
      Dataspace shop = home.create(runtime);
      Sql.on(shop).run("create table item as select generate_series(1, 100) id");
      shop.snapshot("old", false);
      Map<String, String> old = home.snapshotTree(shop.name(), "old");
      Sql.on(shop)
          .run(
              "insert into item values (101)",
              "create table more as select repeat('x', 1000) from generate_series(1, 15000)",
              // or the log that the server then lets go of is room that the ballast did not take
              "checkpoint");
      fill(ballast, 8_000_000);

      full(() -> shop.snapshot("new", false));
      full(() -> shop.snapshot("old", true));
      full(() -> shop.rollback("old"));
      full(() -> shop.copy("copied"));
      full(() -> home.dataspaces().create(DataspaceSpec.named("made").runtime(runtime).build()));
      assertThat(shop.info().state()).isEqualTo("running");
      assertThat(Sql.on(shop).query("select count(*) from item")).isEqualTo("101");
      assertThat(shop.snapshots()).extracting(SnapshotInfo::name).containsExactly("old");
      Tree.assertSame(home.snapshotTree(shop.name(), "old"), old);
      assertThat(home.dataspaces().list()).hasSize(1);
      home.assertTidy();

      Files.delete(ballast);
      shop.snapshot("new", false);
      home.dataspaces().deleteSnapshot(new SnapshotReference(shop.name(), "new"));
      shop.rollback("old");
      assertThat(Sql.on(shop).query("select count(*) from item")).isEqualTo("100");
    } finally {
      Files.deleteIfExists(ballast);
    }
  }

  private static void full(Runnable request) {
    DataspaceException refusal = catchThrowableOfType(DataspaceException.class, request::run);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(Reason.INFRASTRUCTURE);
    assertThat(refusal.problem()).containsIgnoringCase("disk is full");
    assertThat(refusal.remedy()).containsIgnoringCase("free some space");
  }

  /** Leaves that many bytes free. */
  private static void fill(Path ballast, long free) throws IOException {
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (Files.getFileStore(ballast).getUsableSpace() > free) {
        out.write(block);
        out.flush();
      }
    }
  }
}
