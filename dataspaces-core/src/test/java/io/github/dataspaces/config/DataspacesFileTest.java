package io.github.dataspaces.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataspacesFileTest {

  @TempDir Path folder;

  @Test
  void readsWhatItSays() {
    DataspacesFile file =
        read(
            """
            default: shop
            dataspaces:
              shop:
                flavour: postgres:17
                port: 5433
                durable: true
                seed: [sql/seed.sql, 'classpath:more.sql']
              audit:
            """);
    assertThat(file.defaultName()).contains("shop");
    assertThat(file.names()).containsExactly("shop", "audit");
    assertThat(file.settings("shop"))
        .containsEntry("flavour", "postgres:17")
        .containsEntry("port", "5433")
        .containsEntry("durable", "true")
        .containsEntry("seed", folder.resolve("sql/seed.sql") + ",classpath:more.sql");
    assertThat(file.settings("audit")).isEmpty();
    assertThat(file.settings("unknown")).isEmpty();
  }

  @Test
  void aLoneDataspaceIsTheDefault() {
    assertThat(read("dataspaces: { shop: { port: 5433 } }").defaultName()).contains("shop");
    assertThat(read("dataspaces: { shop: , audit: }").defaultName()).isEmpty();
    assertThat(read("").defaultName()).isEmpty();
    assertThat(read("# nothing yet\n").names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0123", "007", "1_000", "1e3", "yes", "true", "0x1f", "12:30:45", "2026-11-21"})
  void aPasswordIsWhatIsWrittenAndNotWhatYamlMakesOfIt(String password) {
    assertThat(read("dataspaces: { shop: { password: " + password + " } }").settings("shop"))
        .containsEntry("password", password);
  }

  @Test
  void anUnknownKeyIsAnErrorWithASuggestion() {
    refused(
            "dataspaces: { shop: { flavor: postgres } }",
            "there is no key 'dataspaces.shop.flavor'")
        .endsWith(
            "Did you mean 'flavour'? It can be: database, durable, flavour, from, image, import, migrations, password, port, runtime, seed, ttl, username.");
    refused("dataspace: { shop: }", "there is no key 'dataspace'")
        .contains("Did you mean 'dataspaces'?");
    refused(
            "dataspaces: { shop: { ifExists: reuse } }",
            "there is no key 'dataspaces.shop.ifExists'")
        .contains("It can be: ");
  }

  @Test
  void whatIsNoDescriptionIsRefused() {
    refused("- shop", "it is not a map of keys").isNotBlank();
    refused("dataspaces: { Shop: }", "'Shop' is no name").isNotBlank();
    refused("dataspaces: { shop: postgres }", "dataspaces.shop is not a map of keys").isNotBlank();
    refused("dataspaces: { shop: { port: { a: b } } }", "dataspaces.shop.port has no plain value")
        .isNotBlank();
    refused("dataspaces: { shop: { seed: [ [a] ] } }", "dataspaces.shop.seed has no plain value")
        .isNotBlank();
    refused("default: shpo\ndataspaces: { shop: , audit: }", "describes no dataspace 'shpo'")
        .contains("Did you mean 'shop'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dataspaces: [shop]", "dataspaces: shop", "dataspaces: 7"})
  void dataspacesHasToBeAMap(String yaml) {
    refused(yaml, "dataspaces").isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dataspaces: { shop: { port: 1 } }\ndataspaces: { shop: { port: 2 } }",
        "dataspaces:\n  shop: { port: 1 }\n  shop: { port: 2 }",
        "dataspaces: { shop: { port: 1, port: 2 } }"
      })
  void theSameKeyTwiceIsAnError(String yaml) {
    refused(yaml, "uplicate").isNotBlank();
  }

  @Test
  void brokenYamlIsNamedWithItsLine() {
    write(folder, "dataspaces:\n  shop: {\n    port: 1\n");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> DataspacesFile.read(folder.resolve(DataspacesFile.NAME)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
        .withMessageContaining(folder.resolve(DataspacesFile.NAME).toString())
        .withMessageContaining("line ");
  }

  @ParameterizedTest
  @ValueSource(strings = {".git", ".hg", ".svn", ".mvn"})
  void isFoundFromAModuleUpToTheProjectsRoot(String marker) throws IOException {
    Path module = Files.createDirectories(folder.resolve("project/a/b"));
    Files.createDirectories(folder.resolve("project").resolve(marker));
    write(folder, "dataspaces: { outside: }");
    assertThat(DataspacesFile.find(module)).isEmpty();
    write(folder.resolve("project"), "dataspaces: { project: }");
    assertThat(DataspacesFile.find(module).orElseThrow().names()).containsExactly("project");
    write(folder.resolve("project/a"), "dataspaces: { nearer: }");
    assertThat(DataspacesFile.find(module).orElseThrow().names()).containsExactly("nearer");
    assertThat(DataspacesFile.find(module).orElseThrow().path())
        .isEqualTo(folder.resolve("project/a").resolve(DataspacesFile.NAME));
  }

  @Test
  void aWorktreesGitFileIsARootToo() throws IOException {
    Path module = Files.createDirectories(folder.resolve("worktree/module"));
    Files.writeString(folder.resolve("worktree/.git"), "gitdir: elsewhere");
    write(folder, "dataspaces: { outside: }");
    assertThat(DataspacesFile.find(module)).isEmpty();
  }

  private DataspacesFile read(String yaml) {
    write(folder, yaml);
    return DataspacesFile.read(folder.resolve(DataspacesFile.NAME));
  }

  private AbstractStringAssert<?> refused(String yaml, String problem) {
    write(folder, yaml);
    Path file = folder.resolve(DataspacesFile.NAME);
    DataspaceException refusal =
        catchThrowableOfType(DataspaceException.class, () -> DataspacesFile.read(file));
    assertThat(refusal).as("for %s", yaml).isNotNull();
    assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
    assertThat(refusal.problem()).contains(problem);
    return assertThat(refusal.remedy());
  }

  private static void write(Path folder, String yaml) {
    try {
      Files.writeString(folder.resolve(DataspacesFile.NAME), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
