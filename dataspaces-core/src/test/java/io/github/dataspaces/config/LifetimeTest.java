package io.github.dataspaces.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifetimeTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "90s, PT90S",
    "30m, PT30M",
    "12h, PT12H",
    "7d, P7D",
    "' 7D ', P7D",
    "0s, PT0S"
  })
  void isReadAsItIsWritten(String text, Duration expected) {
    assertThat(Lifetime.parse("ttl", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "7", "-7d", "d", "soon", "7 d", "1.5h", "7w", "99999999999999999999d"})
  void anythingElseIsRefusedWithExamples(String text) {
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> Lifetime.parse("olderThan", text))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
        .satisfies(e -> assertThat(e.problem()).contains("olderThan", "'" + text + "'"))
        .satisfies(e -> assertThat(e.remedy()).contains("7d"));
  }
}
