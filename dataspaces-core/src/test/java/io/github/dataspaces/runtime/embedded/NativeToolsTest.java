package io.github.dataspaces.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.flavour.DumpRecipe;
import io.github.dataspaces.flavour.PostgreSql;
import io.github.dataspaces.process.ExternalTool;
import io.github.dataspaces.process.ExternalTool.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of a machine's programs dumps a server that brings none. */
class NativeToolsTest {

  private static final DumpRecipe RECIPE = new PostgreSql().dumps();

  @TempDir private Path folder;

  private static Found found(String version) {
    return new Found(Path.of("/opt", version, "pg_dump"), version);
  }

  @Test
  void theNearestThatIsNotOlderIsTaken() {
    List<Found> installed = List.of(found("15.18"), found("18.1"), found("17.9"), found("17.12"));
    assertThat(NativeTools.fitting(RECIPE, "15.2", installed)).isEqualTo("/opt/15.18/pg_dump");
    assertThat(NativeTools.fitting(RECIPE, "16", installed)).isEqualTo("/opt/17.9/pg_dump");
    assertThat(NativeTools.fitting(RECIPE, "18.6", installed)).isEqualTo("/opt/18.1/pg_dump");
  }

  @Test
  void whereThereIsNoneItIsToldHowToGetIt() {
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> NativeTools.fitting(RECIPE, "18.6", List.of()))
        .withMessage(
            "Native servers bring no pg_dump with them, and this machine has none. Install the client programs of PostgreSQL 18 or later"
                + " (for example: apt-get install postgresql-client-18, or brew install libpq), or use runtime=docker.")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> NativeTools.fitting(RECIPE, "18.6", List.of(found("15.18"))))
        .withMessageContaining(
            "and this machine has only /opt/15.18/pg_dump of version 15.18. Install");
  }

  @Test
  void programsAreFoundWhereInstallersPutThem() throws IOException {
    for (String version : List.of("15.18", "17.12")) {
      Path bin = Files.createDirectories(folder.resolve("postgresql/" + version + "/bin"));
      Files.writeString(bin.resolve("dumper"), "#!/bin/sh\necho dumper " + version + "\n");
      Files.setPosixFilePermissions(
          bin.resolve("dumper"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.createDirectories(folder.resolve("postgresql/empty/bin"));
    List<String> places =
        List.of(folder + "/nowhere/*/bin", folder + "/postgresql/1*/bin", folder + "/other");
    assertThat(ExternalTool.installed("dumper", places))
        .extracting(Found::version)
        .containsExactly("15.18", "17.12");
  }
}
