package io.github.dataspaces.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataspaceSpecTest {

  @Test
  void doesNotChangeOnceItIsBuilt() {
    DataspaceSpec.Builder builder = DataspaceSpec.named("shop").flavour("postgres:17").port(5000);
    DataspaceSpec built = builder.build();
    builder.flavour("postgres:15").port(6000);
    assertThat(built.flavour()).contains(new FlavourSelector("postgres", "17"));
    assertThat(built.port()).isEqualTo(5000);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65536, 70000, Integer.MAX_VALUE})
  void aPortThatIsNoneIsRefused(int port) {
    refused(() -> DataspaceSpec.named("shop").port(port), "port: " + port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "1st", "a'b", "a\"b", "a;b", "größe", "../x"})
  void databaseAndUserHaveToBePlainIdentifiers(String text) {
    refused(() -> DataspaceSpec.named("shop").database(text), "database: '" + text + "'");
    refused(() -> DataspaceSpec.named("shop").username(text), "username: '" + text + "'");
    refused(() -> DataspaceSpec.named("shop").database("x".repeat(64)), "database: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"o$wner", "1st"})
  void aUserThatPostgresRefusesIsRefused(String name) {
    refused(() -> DataspaceSpec.named("shop").username(name), "username: '" + name + "'");
  }

  @Test
  void aPasswordCannotBeEmptyOrHaveControlCharacters() {
    refused(() -> DataspaceSpec.named("shop").password(""), "password");
    refused(() -> DataspaceSpec.named("shop").password("a\nb"), "password");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> DataspaceSpec.named("shop").password("topsecret\0"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("topsecret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres:latest", "postgres:17;rm", "postgres:", "postgres: 17 x"})
  void aVersionHasToLookLikeOne(String text) {
    if (text.equals("postgres:")) {
      assertThat(FlavourSelector.parse(text).version()).isEmpty();
      return;
    }
    refused(() -> DataspaceSpec.named("shop").flavour(text), "is no version of postgres");
  }

  @Test
  void contradictionsAreRefused() {
    refused(
        () ->
            DataspaceSpec.named("shop")
                .image("postgres:17")
                .runtime(RuntimeChoice.EMBEDDED)
                .build(),
        "runtime=embedded runs no images");
    refused(
        () ->
            DataspaceSpec.named("shop")
                .from(new SnapshotReference("shop", "base"))
                .seed(List.of(new SqlScript("x", "select 1")))
                .build(),
        "'from' and 'seed'");
  }

  @Test
  void choicesAreReadInAnyCaseAndListedWhenUnknown() {
    assertThat(RuntimeChoice.parse(" Docker ")).isEqualTo(RuntimeChoice.DOCKER);
    assertThat(IfExists.parse("REUSE")).isEqualTo(IfExists.REUSE);
    refused(() -> RuntimeChoice.parse("podman"), "There is no runtime 'podman'");
    refused(() -> IfExists.parse("maybe"), "'maybe' is no choice");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> RuntimeChoice.parse("podman"))
        .withMessageContaining("auto, embedded, docker");
  }

  @Test
  void aSnapshotIsNamedWithOrWithoutItsDataspace() {
    assertThat(SnapshotReference.parse("base", "shop"))
        .isEqualTo(new SnapshotReference("shop", "base"));
    assertThat(SnapshotReference.parse("other/base", "shop")).hasToString("other/base");
    refused(() -> SnapshotReference.parse("a/b/c", "shop"), "'b/c' is no name for a snapshot");
    refused(() -> SnapshotReference.parse("../base", "shop"), "'..' is no name for a dataspace");
    refused(() -> SnapshotReference.parse("", "shop"), "'' is no name for a snapshot");
  }

  private static void refused(Runnable request, String problem) {
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(request::run)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
        .satisfies(e -> assertThat(e.problem()).contains(problem))
        .satisfies(e -> assertThat(e.remedy()).isNotBlank());
  }
}
