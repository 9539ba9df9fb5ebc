package io.github.dataspaces.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @TempDir Path folder;

  @Test
  void theStrongestLayerThatSaysSomethingWins() {
    Map<String, String> properties = Map.of("dataspaces.flavour", "postgres:18");
    Settings settings =
        Settings.of(
                Settings.properties(key -> Optional.ofNullable(properties.get(key))),
                Settings.map(Map.of("flavour", "postgres:17", "port", "5017")),
                Settings.environment(
                    Map.of(
                        "DATASPACES_FLAVOUR", "postgres:16",
                        "DATASPACES_PORT", "5016",
                        "DATASPACES_IF_EXISTS", "reuse")))
            .then(
                Settings.map(
                    Map.of(
                        "flavour", "postgres:15",
                        "port", "5015",
                        "ifExists", "replace",
                        "database", "shop")));
    DataspaceSpec spec = settings.spec("shop", files());
    assertThat(spec.flavour()).contains(new FlavourSelector("postgres", "18"));
    assertThat(spec.port()).isEqualTo(5017);
    assertThat(spec.ifExists()).isEqualTo(IfExists.REUSE);
    assertThat(spec.database()).contains("shop");
    assertThat(spec.username()).isEmpty();
  }

  @Test
  void aBlankValueCountsAsNothingSaid() {
    Settings settings =
        Settings.of(Settings.map(Map.of("port", " ")), Settings.map(Map.of("port", "5015")));
    assertThat(settings.spec("shop", files()).port()).isEqualTo(5015);
  }

  @Test
  void everySettingReachesTheSpec() throws Exception {
    Files.writeString(folder.resolve("a.sql"), "select 1");
    Files.writeString(folder.resolve("b.sql"), "select 2");
    DataspaceSpec spec =
        Settings.of(
                Settings.map(
                    Map.of(
                        "flavour", "postgres:17.11",
                        "runtime", "embedded",
                        "port", "5017",
                        "database", "shop",
                        "username", "keeper",
                        "password", "secret",
                        "ttl", "2h",
                        "durable", "TRUE",
                        "ifExists", "replace",
                        "seed", "a.sql, b.sql")))
            .spec("shop", files());
    assertThat(spec.runtime()).isEqualTo(RuntimeChoice.EMBEDDED);
    assertThat(spec.password()).contains("secret");
    assertThat(spec.ttl()).isEqualTo(Duration.ofHours(2));
    assertThat(spec.durable()).isTrue();
    assertThat(spec.seed()).extracting(SqlScript::sql).containsExactly("select 1", "select 2");
    assertThat(
            Settings.of(Settings.map(Map.of("image", "postgres:17", "from", "other/base")))
                .spec("shop", files()))
        .satisfies(from -> assertThat(from.image()).contains("postgres:17"))
        .satisfies(
            from -> assertThat(from.from()).contains(new SnapshotReference("other", "base")));
  }

  @ParameterizedTest
  @CsvSource({
    "port, many, 'port: ''many'' is no number'",
    "port, 70000, 'port: 70000'",
    "ttl, soon, 'ttl: ''soon'''",
    "durable, yes, 'durable: ''yes'''",
    "runtime, podman, 'podman'",
    "ifExists, perhaps, 'ifExists: ''perhaps'''",
    "flavour, postgres:new, 'flavour: ''new'''",
    "from, Base, '''Base'''",
    "database, my db, 'database: ''my db'''"
  })
  void aWrongValueIsNamedWithItsKey(String key, String value, String problem) {
    Settings settings = Settings.of(Settings.map(Map.of(key, value)));
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> settings.spec("shop", files()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
        .satisfies(e -> assertThat(e.problem()).contains(problem))
        .satisfies(e -> assertThat(e.remedy()).isNotBlank());
  }

  @ParameterizedTest
  @CsvSource({"missing.sql", "classpath:missing.sql"})
  void aMissingSeedIsNamed(String place) {
    Settings settings = Settings.of(Settings.map(Map.of("seed", place)));
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> settings.spec("shop", files()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND))
        .withMessageContaining("missing.sql");
  }

  @Test
  void theHomeIsThePropertyThenTheEnvironmentThenInTheUsersFolder() {
    Map<String, String> properties = Map.of("dataspaces.home", "/one/../two");
    Settings.Layer property = Settings.properties(key -> Optional.ofNullable(properties.get(key)));
    Settings.Layer environment = Settings.environment(Map.of("DATASPACES_HOME", "/three"));
    assertThat(Settings.of(property, environment).home()).isEqualTo(Path.of("/two"));
    assertThat(Settings.of(environment).home()).isEqualTo(Path.of("/three"));
    assertThat(Settings.of().home())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".dataspaces"));
  }

  private ScriptReader files() {
    return new ScriptReader(folder, getClass().getClassLoader());
  }
}
