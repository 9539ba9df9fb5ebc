package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.HostPgDump;
import io.github.dataspaces.testkit.KillPoints;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JVM is killed in the middle of making, copying and destroying a dataspace. */
@Timeout(240)
class KillDataspacesTest {

  private static final String NAME = "shop";

  @EachRuntime
  void inTheMiddleOfACreation(RuntimeChoice runtime) {
    try (TestHome home = TestHome.warm()) {
      KillPoints.of(runtime)
          .each(
              home,
              all -> assertAllOrNothing(home, all, "made"),
              "create",
              "made",
              runtime.toString());
    }
  }

  @EachRuntime
  void inTheMiddleOfACopy(RuntimeChoice runtime) {
    try (TestHome home = TestHome.warm()) {
      fill(home.dataspaces(), runtime);
      KillPoints.of(runtime)
          .each(
              home,
              all -> {
                assertThat(rows(all, NAME)).isEqualTo("100");
                if (all.find("copied").isPresent()) {
                  assertThat(rows(all, "copied")).isEqualTo("100");
                }
                assertAllOrNothing(home, all, "copied");
              },
              "copy",
              NAME,
              "copied");
    }
  }

  @EachRuntime
  void inTheMiddleOfADestruction(RuntimeChoice runtime) {
    try (TestHome home = TestHome.warm()) {
      fill(home.dataspaces(), runtime);
      home.dataspaces().get(NAME).snapshot("old", false);
      Map<String, String> old = home.snapshotTree(NAME, "old");
      KillPoints.of(runtime)
          .each(
              home,
              all -> {
                Tree.assertSame(home.snapshotTree(NAME, "old"), old);
                if (all.find(NAME).isPresent()) {
                  assertThat(rows(all, NAME)).isEqualTo("100");
                } else {
                  assertThat(home.folderOf(NAME)).doesNotExist();
                  fill(all, runtime);
                }
              },
              "destroy",
              NAME,
              "false");
    }
  }

  /** Unpacking the programs and making the first empty server, too. */
  @EachRuntime
  void inTheMiddleOfTheFirstCreationEver(RuntimeChoice runtime) {
    KillPoints points = KillPoints.of(runtime);
    points.eachFresh(
        TestHome::fresh,
        (home, all) -> {
          assertAllOrNothing(home, all, "made");
          Dataspace next = all.create(DataspaceSpec.named("next").runtime(runtime).build());
          assertThat(Sql.on(next).answers()).isTrue();
        },
        "create",
        "made",
        runtime.toString());
  }

  /** A copy is made for it, which nobody ever sees. */
  @EachRuntime
  void inTheMiddleOfAnExportOfSomeTables(RuntimeChoice runtime, @TempDir Path folder) {
    String flavour = runtime == RuntimeChoice.DOCKER ? "postgres:18" : HostPgDump.flavour();
    Path dump = folder.resolve("dump.sql");
    try (TestHome home = TestHome.warm()) {
      DataspaceSpec spec = DataspaceSpec.named(NAME).runtime(runtime).flavour(flavour).build();
      Sql.on(home.dataspaces().create(spec))
          .run(
              "create table item as select generate_series(1, 100) i",
              "create table other as select 1");
      KillPoints.of(runtime)
          .each(
              home,
              all -> {
                assertThat(rows(all, NAME)).isEqualTo("100");
                assertThat(all.list()).extracting(DataspaceInfo::name).containsExactly(NAME);
                if (Files.exists(dump)) {
                  assertThat(dump)
                      .content()
                      .contains("COPY public.item", "database dump complete")
                      .doesNotContain("other");
                }
                delete(dump);
              },
              "export",
              NAME,
              dump.toString(),
              "item");
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertAllOrNothing(TestHome home, Dataspaces all, String name) {
    all.find(name)
        .ifPresent(
            made -> {
              assertThat(made.info().state()).isEqualTo("running");
              assertThat(Sql.on(made).answers()).isTrue();
              made.destroy(true);
            });
    assertThat(home.folderOf(name)).doesNotExist();
  }

  private static void fill(Dataspaces all, RuntimeChoice runtime) {
    Dataspace shop = all.create(DataspaceSpec.named(NAME).runtime(runtime).build());
    Sql.on(shop).run("create table item as select generate_series(1, 100) i");
  }

  private static String rows(Dataspaces all, String name) {
    assertThat(all.get(name).info().state()).isEqualTo("running");
    return Sql.on(all.get(name)).query("select count(*) from item");
  }
}
