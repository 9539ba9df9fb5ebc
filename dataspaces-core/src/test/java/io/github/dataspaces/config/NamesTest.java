package io.github.dataspaces.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  private static final String SIXTY_THREE = "a".repeat(63);

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "shop", "shop-2", "a_b-c", "0x"})
  void ordinaryNamesAreTaken(String name) {
    assertThat(Names.dataspace(name)).isEqualTo(name);
    assertThat(Names.snapshot(name)).isEqualTo(name);
    assertThat(Names.dataspace(SIXTY_THREE)).isEqualTo(SIXTY_THREE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "Shop", "a/b", "..", ".", "../shop", "a b", "shop\n", "it's", "a\"b", "-shop",
        "_shop", "ä", "a\\b", "a:b", "$HOME", "a\0b", "a."
      })
  void othersAreRefusedWithAnExampleThatWouldBeTaken(String name) {
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> Names.dataspace(name))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
        .satisfies(e -> assertThat(e.problem()).contains("is no name for a dataspace"))
        .satisfies(
            e ->
                assertThat(Names.dataspace(e.remedy().replaceFirst("(?s).*'(.*)'\\.$", "$1")))
                    .isNotEmpty());
    assertThatExceptionOfType(DataspaceException.class).isThrownBy(() -> Names.snapshot(name));
  }

  @Test
  void aVeryLongNameIsNotRepeatedInFull() {
    String name = "x".repeat(300);
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> Names.dataspace(name))
        .satisfies(e -> assertThat(e.problem()).hasSizeLessThan(150).contains("xxx..."));
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> Names.dataspace(SIXTY_THREE + "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "my.Artifact, my-artifact",
    "Shop_Core, shop_core",
    "--x--, x",
    "Shop!, shop",
    "ÄÖÜ, dataspace",
    "'', dataspace",
    "a  b, a-b",
    "IT, it"
  })
  void theNearestNameIsAlwaysValid(String text, String nearest) {
    assertThat(Names.nearest(text)).isEqualTo(nearest);
    assertThat(Names.dataspace(Names.nearest(text))).isEqualTo(nearest);
  }

  @Test
  void theNearestNameIsCutToWhatFits() {
    assertThat(Names.nearest("x".repeat(300))).hasSize(63);
    assertThat(Names.nearest("x".repeat(62) + "--y")).isEqualTo("x".repeat(62));
  }
}
