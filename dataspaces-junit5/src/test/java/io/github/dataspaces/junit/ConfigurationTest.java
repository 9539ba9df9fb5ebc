package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dataspaces.config.DataspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where settings come from, and what is said about those that cannot be used. */
class ConfigurationTest {

  @TempDir private Path project;
  private @Nullable String basedir;

  @BeforeEach
  void enterProject() throws IOException {
    basedir = System.getProperty("basedir");
    System.setProperty("basedir", project.toString());
    Files.createDirectory(project.resolve(".mvn"));
  }

  @AfterEach
  void leaveProject() {
    if (basedir == null) {
      System.clearProperty("basedir");
    } else {
      System.setProperty("basedir", basedir);
    }
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(project.resolve(file), text);
  }

  static final List<String> SEEN = new ArrayList<>();

  @Dataspace("shop")
  static class FromTheFile {
    @Test
    void test(DataSource database, DataspaceHandle handle) {
      SEEN.add(handle.database() + " of " + handle.username());
      SEEN.addAll(Sql.customers(database));
    }
  }

  @Dataspace(value = "shop", seed = "classpath:customers.sql", runtime = "docker")
  static class AttributesOverTheFile {
    @Test
    void test(DataSource database, DataspaceHandle handle) {
      SEEN.add(handle.database() + " of " + handle.username());
      SEEN.addAll(Sql.customers(database));
    }
  }

  @Dataspace
  static class TheDefault {
    @Test
    void test(DataspaceHandle handle) {
      SEEN.add(handle.database());
    }
  }

  @Test
  void parametersWinOverTheAnnotationThatOverTheEnvironmentThatOverTheFile() throws IOException {
    // surefire sets DATASPACES_USERNAME=tester
    write("seed.sql", "create table customer (name text); insert into customer values ('file')");
    write(
        "dataspaces.yaml",
        """
        default: other
        dataspaces:
          shop: { database: shop, username: shopkeeper, seed: [seed.sql] }
          other: { database: other }
        """);
    SEEN.clear();
    SampleRun.of(FromTheFile.class).passes(1);
    assertThat(SEEN).containsExactly("shop of tester", "file");
    SEEN.clear();
    SampleRun.of(AttributesOverTheFile.class).passes(1);
    assertThat(SEEN).containsExactly("shop of tester", "ada");
    SEEN.clear();
    SampleRun.with(
            Map.of("dataspaces.database", "said", "dataspaces.username", "so"), FromTheFile.class)
        .passes(1);
    assertThat(SEEN).containsExactly("said of so", "file");
    SEEN.clear();
    SampleRun.of(TheDefault.class).passes(1);
    assertThat(SEEN).containsExactly("other");
  }

  @Test
  void aDataspaceThatIsNotDescribedIsTold() throws IOException {
    assertThat(SampleRun.of(FromTheFile.class).failure())
        .isEqualTo(
            "@Dataspace(\"shop\") names a dataspace of dataspaces.yaml, but there is no such file"
                + " in %s or above it. Add one, or leave out the name.",
            project);
    write("dataspaces.yaml", "dataspaces: { shops: { flavour: postgres } }");
    assertThat(SampleRun.of(FromTheFile.class).failure())
        .isEqualTo(
            "%s describes no dataspace 'shop'. Did you mean 'shops'? It describes: shops.",
            project.resolve("dataspaces.yaml"));
  }

  @Dataspace(flavour = "oracle")
  static class UnknownFlavour {
    @Test
    void test() {}
  }

  @Dataspace(seed = {"classpath:customers.sql", "broken.sql"})
  static class BrokenSeed {
    @Test
    void test() {}
  }

  @Dataspace(seed = "classpath:none.sql")
  static class MissingSeed {
    @Test
    void test() {}
  }

  @Test
  void whatCannotBeMadeFailsTheClassShortly() throws IOException {
    write("broken.sql", "insert into customer values (1, 2)");
    assertFails(UnknownFlavour.class, "oracle", "postgres");
    assertFails(MissingSeed.class, "There is no script 'none.sql' on the class path.");
    assertFails(BrokenSeed.class, "The script broken.sql failed", "more expressions than target");
  }

  private static void assertFails(Class<?> sample, String... parts) {
    SampleRun run = SampleRun.of(sample);
    assertThat(run.failures()).singleElement().isInstanceOf(DataspaceException.class);
    assertThat(run.failure()).contains(parts);
    assertThat(run.started()).isZero();
  }

  @Test
  void seedAndSnapshotContradictEachOther() {
    assertThatThrownBy(
            () -> DataspaceExtension.builder().seed("a.sql").snapshot("shop/seeded").build())
        .isInstanceOf(DataspaceException.class)
        .hasMessage(
            "Both seed and snapshot=\"shop/seeded\" were given. A snapshot brings its data with"
                + " it: leave out one of the two.");
  }

  @Disabled
  @Dataspace
  static class NothingToRun {
    @Test
    void test() {}
  }

  @Test
  void aClassWithoutTestsToRunStartsNothing() {
    String log = SampleRun.log(() -> SampleRun.of(NothingToRun.class).passes(0));
    assertThat(log).doesNotContain("Created");
  }
}
