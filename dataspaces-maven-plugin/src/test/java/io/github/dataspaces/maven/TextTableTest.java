package io.github.dataspaces.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void columnsAreAsWideAsWhatTheyHold() {
    String text =
        new TextTable("NAME", "STATE", "URL")
            .row("shop", "running", "")
            .row("a-longer-name", "stopped", "jdbc:x")
            .render();

    assertThat(text)
        .isEqualTo(
            """
            NAME           STATE    URL
            shop           running  -
            a-longer-name  stopped  jdbc:x
            """);
  }

  @Test
  void sizesAndTimesAreForPeople() {
    assertThat(Wording.size(999)).isEqualTo("999 B");
    assertThat(Wording.size(1_234)).isEqualTo("1.2 kB");
    assertThat(Wording.size(41_400_000)).isEqualTo("41 MB");
    assertThat(Wording.size(999_600_000)).isEqualTo("1.0 GB");
    assertThat(Units.duration(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Units.duration(Duration.ofMinutes(61))).isEqualTo("1 h");
    assertThat(Units.duration(Duration.ofHours(50))).isEqualTo("2 d");
    Instant now = Instant.EPOCH;
    assertThat(Units.expiry(Optional.empty(), now)).isEqualTo("never");
    assertThat(Units.expiry(Optional.of(now.plusSeconds(90)), now)).isEqualTo("in 1 min");
    assertThat(Units.expiry(Optional.of(now.minusSeconds(1)), now)).isEqualTo("expired");
  }
}
