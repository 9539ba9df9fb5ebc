package io.github.dataspaces.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

  @TempDir Path folder;

  @Test
  void theFileSaysAllOfIt() throws IOException {
    Migrations said =
        of(
            """
            migrations:
              tool: flyway
              locations: [sql, 'classpath:/db/migration/', 'filesystem:more']
              placeholders: { owner: 'a, b', x: 0123 }
              target: 1.10
            """);
    assertThat(said.tool()).isEqualTo(MigrationTool.FLYWAY);
    assertThat(said.locations())
        .containsExactly(
            folder.resolve("sql").toString(),
            "classpath:db/migration",
            folder.resolve("more").toString());
    assertThat(said.placeholders()).isEqualTo(Map.of("owner", "a, b", "x", "0123"));
    assertThat(said.target()).contains("1.10");
  }

  @Test
  void aPlaceAloneIsEnough() throws IOException {
    assertThat(of("migrations: sql").locations()).containsExactly(folder.resolve("sql").toString());
    assertThat(of("migrations: [sql, 'classpath:db']").locations()).hasSize(2);
    assertThat(of("migrations: { command: make schema }").tool()).isEqualTo(MigrationTool.COMMAND);
    assertThat(of("migrations: { tool: auto }").tool()).isEqualTo(MigrationTool.AUTO);
    assertThat(Settings.of(Settings.map(Map.of("port", "1"))).migrations(folder)).isEmpty();
  }

  @Test
  void aPlaceThatIsTypedWinsOverTheFile() {
    Settings settings =
        Settings.of(
            Settings.environment(
                Map.of("DATASPACES_MIGRATIONS", "new", "DATASPACES_MIGRATIONS_TARGET", "2")),
            Settings.map(Map.of("migrations.locations", "old", "migrations.tool", "flyway")));
    Migrations said = settings.migrations(folder).orElseThrow();
    assertThat(said.locations()).containsExactly(folder.resolve("new").toString());
    assertThat(said.tool()).isEqualTo(MigrationTool.FLYWAY);
    assertThat(said.target()).contains("2");
  }

  @Test
  void mistakesAreTold() {
    assertThatThrownBy(() -> of("migrations: { tools: flyway }"))
        .hasMessageContaining(
            "there is no key 'dataspaces.shop.migrations.tools'. Did you mean 'tool'?");
    assertThatThrownBy(() -> of("migrations: { tool: flywey }"))
        .hasMessage("tool: 'flywey' is no migration tool. Use auto, flyway, liquibase or command.");
    Settings wrong = Settings.of(Settings.map(Map.of("migrations.placeholders", "a=b, c")));
    assertThatThrownBy(() -> wrong.migrations(folder))
        .hasMessage("placeholders: 'c' is not name=value. Write name=value,other=value.");
  }

  private Migrations of(String yaml) throws IOException {
    Path file = folder.resolve(DataspacesFile.NAME);
    Files.writeString(file, "dataspaces:\n  shop:\n" + yaml.indent(4));
    Map<String, String> settings = DataspacesFile.read(file).settings("shop");
    return Settings.of(Settings.map(settings)).migrations(folder).orElseThrow();
  }
}
