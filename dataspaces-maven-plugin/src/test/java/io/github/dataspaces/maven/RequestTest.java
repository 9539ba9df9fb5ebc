package io.github.dataspaces.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.DumpFormat;
import io.github.dataspaces.config.Exports;
import io.github.dataspaces.config.LiveSource;
import io.github.dataspaces.config.MigrationTool;
import io.github.dataspaces.config.Selection;
import io.github.dataspaces.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestTest {

  @TempDir Path folder;

  private final Properties typed = new Properties();
  private final Map<String, String> pom = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void stopTheSearchForTheYaml() throws IOException {
    Files.createDirectory(folder.resolve(".mvn"));
  }

  @Test
  void theStrongestPlaceThatSaysSomethingWins() throws IOException {
    yaml("dataspaces: { shop: { database: of_yaml, username: of_yaml, port: 1111, ttl: 1h } }");
    environment.putAll(
        Map.of(
            "DATASPACES_DATABASE",
            "of_env",
            "DATASPACES_USERNAME",
            "of_env",
            "DATASPACES_PORT",
            "2222"));
    pom.putAll(Map.of("database", "of_pom", "username", "of_pom"));
    typed.setProperty("dataspaces.database", "typed");

    DataspaceSpec spec = request().spec();

    assertThat(spec.database()).contains("typed");
    assertThat(spec.username()).contains("of_pom");
    assertThat(spec.port()).isEqualTo(2222);
    assertThat(spec.ttl()).hasHours(1);
  }

  @Test
  void aNameIsWhatWasSaidThenTheYamlsThenTheProjects() throws IOException {
    assertThat(request().name()).isEqualTo("my-shop");
    yaml("{ default: orders, dataspaces: { orders: {}, stock: {} } }");
    assertThat(request().name()).isEqualTo("orders");
    environment.put("DATASPACES_NAME", "of-env");
    assertThat(request().name()).isEqualTo("of-env");
    pom.put("name", "of-pom");
    assertThat(request().name()).isEqualTo("of-pom");
    typed.setProperty("dataspaces.name", "typed");
    assertThat(request().name()).isEqualTo("typed");
  }

  @Test
  void aFlagIsTrueOrFalseAndNothingElse() {
    assertThat(request().flag("update")).isFalse();
    typed.setProperty("dataspaces.update", "TRUE");
    assertThat(request().flag("update")).isTrue();
    typed.setProperty("dataspaces.update", "yes");
    assertThatThrownBy(() -> request().flag("update"))
        .isInstanceOf(DataspaceException.class)
        .hasMessage("update: 'yes' is neither true nor false. Write true or false.");
  }

  @Test
  void whatIsMissingIsNamedWithTheWayToSayIt() {
    assertThatThrownBy(() -> request().required("to", "the new dataspace's name"))
        .hasMessage("No 'to' was given. Say the new dataspace's name with -Ddataspaces.to=...");
  }

  @Test
  void filesAreNamedFromTheModulesFolder() {
    typed.setProperty("dataspaces.file", "target/db.env");
    assertThat(request().file("file")).contains(folder.resolve("target/db.env"));
  }

  @Test
  void migrationsAreSaidShortlyOrInTheYaml() throws IOException {
    assertThat(request().migrations().tool()).isEqualTo(MigrationTool.AUTO);
    yaml("dataspaces: { my-shop: { migrations: { tool: flyway, locations: sql } } }");
    pom.put("name", "my-shop");
    assertThat(request().migrations().locations()).containsExactly(folder.resolve("sql") + "");
    assertThat(request().spec().migrations()).contains(request().migrations());
    typed.setProperty("dataspaces.locations", "other");
    assertThat(request().migrations().tool()).isEqualTo(MigrationTool.FLYWAY);
    assertThat(request().migrations().locations()).containsExactly(folder.resolve("other") + "");
    typed.setProperty("dataspaces.command", "make");
    assertThat(request().migrations().tool()).isEqualTo(MigrationTool.COMMAND);
    assertThat(request().spec().migrations().orElseThrow().tool()).isEqualTo(MigrationTool.FLYWAY);
  }

  @Test
  void anExportIsWrittenIntoTheModulesFolderUnlessSomethingElseIsSaid() {
    assertThat(request().exports()).isEqualTo(Exports.to(folder));
    typed.setProperty("dataspaces.file", "target/shop.dump");
    typed.setProperty("dataspaces.format", "SQL");
    typed.setProperty("dataspaces.tables", "orders, item");
    pom.put("withReferenced", "false");
    assertThat(request().exports())
        .isEqualTo(
            new Exports(
                folder.resolve("target/shop.dump"),
                Optional.of(DumpFormat.PLAIN),
                Selection.of(List.of("orders", "item"), false)));
    typed.setProperty("dataspaces.format", "costum");
    assertThatThrownBy(() -> request().exports())
        .hasMessage(
            "format: a dump cannot be written as 'costum'. Did you mean 'custom'? Use one of: plain, custom.");
    typed.setProperty("dataspaces.file", "-");
    assertThatThrownBy(() -> request().exports())
        .hasMessage("A dump is not written to the standard output. Name a file.");
  }

  @Test
  void whatIsImportedIsSaidShortlyOrInTheYaml() throws IOException {
    yaml("dataspaces: { my-shop: { import: { file: shop.sql, rows: { orders: 1% } } } }");
    Files.writeString(folder.resolve("shop.sql"), "select 1");
    pom.put("where", "\n orders: a = 1\n line: b = 2\n");
    assertThat(request().imports().selection().limits()).containsOnlyKeys("orders", "line");
    typed.setProperty("dataspaces.rows", "customers=10");
    assertThat(request().imports().selection().limits())
        .containsOnlyKeys("customers", "orders", "line");
    typed.setProperty("dataspaces.file", "jdbc:mysql://db/shop");
    typed.setProperty("dataspaces.sourceUsername", "reader");
    environment.put("DATASPACES_SOURCE_PASSWORD", "secret");
    assertThat(request().imports().source().orElseThrow().password()).isEqualTo("secret");
    assertThat(request().imports().source().orElseThrow().username()).isEqualTo("reader");
  }

  @Test
  void whoReadsASourceCanBeAServerOfMavensSettings() throws IOException {
    yaml(
        "dataspaces: { my-shop: { import: { file: 'jdbc:mysql://db/shop', sourceServer: shop-db } } }");
    Server server = new Server();
    server.setId("shop-db");
    server.setUsername("reader");
    server.setPassword("secret");
    org.apache.maven.settings.Settings settings = new org.apache.maven.settings.Settings();
    settings.addServer(server);
    SettingsDecrypter decrypter = request -> new Decrypted(request.getServers().get(0));
    Request request = request().with(settings, decrypter);
    LiveSource source = request.imports().source().orElseThrow();
    assertThat(source.username() + source.password()).isEqualTo("readersecret!");
    assertThat(request.spec().imports().orElseThrow().source()).contains(source);
    typed.setProperty("dataspaces.sourceServer", "other");
    assertThatThrownBy(() -> request.imports())
        .hasMessageContaining("there is no server 'other' in Maven's settings");
  }

  /** What was encrypted ends with an exclamation mark. */
  private record Decrypted(Server encrypted) implements SettingsDecryptionResult {

    @Override
    public Server getServer() {
      Server server = encrypted.clone();
      server.setPassword(encrypted.getPassword() + "!");
      return server;
    }

    @Override
    public List<Server> getServers() {
      return List.of(getServer());
    }

    @Override
    public Proxy getProxy() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Proxy> getProxies() {
      return List.of();
    }

    @Override
    public List<SettingsProblem> getProblems() {
      return List.of();
    }
  }

  private Request request() {
    return Request.of(
        typed, Settings.map(pom), environment, folder, "My.Shop", getClass().getClassLoader());
  }

  private void yaml(String text) throws IOException {
    Files.writeString(folder.resolve("dataspaces.yaml"), text);
  }
}
