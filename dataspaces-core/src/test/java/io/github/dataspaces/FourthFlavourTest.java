package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.Exports;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.config.SqlScript;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.FourthFlavour;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 3: a new flavour takes one class, which its own jar announces, and no edit elsewhere. */
class FourthFlavourTest {

  @TempDir Path jar;

  @Test
  void passesWhatTheOthersPass() throws IOException {
    DockerEngine.require();
    Path services = Files.createDirectories(jar.resolve("META-INF/services"));
    Files.writeString(services.resolve(Flavour.class.getName()), FourthFlavour.class.getName());
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      try (TestHome home = TestHome.fresh()) {
        livesThrough(home);
      }
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static void livesThrough(TestHome home) {
    SqlScript seed =
        new SqlScript("seed", "create table item (i int)\ngo\ninsert into item values (1), (2)");
    DataspaceSpec spec = home.spec(RuntimeChoice.AUTO).flavour("4th").seed(List.of(seed)).build();
    Dataspace dataspace = home.dataspaces().create(spec);
    assertThat(dataspace.info().flavour()).isEqualTo(FourthFlavour.NAME);
    assertThat(dataspace.info().version()).startsWith("15.");
    assertThat(dataspace.info().runtime()).isEqualTo("docker");
    dataspace.snapshot("base", false);
    Sql.on(dataspace).run("drop table item", "alter role dataspace password 'forgotten'");
    dataspace.rollback("base");
    assertThat(count(dataspace)).isEqualTo("2");
    Dataspace copy = dataspace.copy(home.name());
    assertThat(copy.client(Optional.of("delete from item"))).isZero();
    try (ResetSession resets = copy.resets()) {
      resets.take("empty");
      Sql.on(copy).run("insert into item values (3)");
      resets.to(new SnapshotReference(copy.name(), "empty"));
    }
    assertThat(count(copy)).isEqualTo("0");
    assertThat(count(dataspace)).isEqualTo("2");
    Path dump = dataspace.exportDump(Exports.to(home.folder().resolve("dump.sql")));
    assertThat(dump).content().contains("INSERT INTO public.item VALUES (2);");
    dataspace.pause();
    dataspace.resume();
    dataspace.stop();
    dataspace.start();
    assertThat(count(dataspace)).isEqualTo("2");
  }

  private static String count(Dataspace dataspace) {
    return Sql.on(dataspace).query("select count(*) from item");
  }
}
