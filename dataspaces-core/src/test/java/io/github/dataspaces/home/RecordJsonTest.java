package io.github.dataspaces.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {

  private record Inner(String text, long number) {}

  private record Outer(
      int data,
      boolean yes,
      Instant at,
      Inner inner,
      Optional<Instant> until,
      Optional<Inner> other) {}

  private static final Outer FULL =
      new Outer(
          7,
          true,
          Instant.parse("2026-11-21T10:00:00.123456789Z"),
          new Inner("it's \"ä\"\n\u0001", Long.MAX_VALUE),
          Optional.of(Instant.EPOCH),
          Optional.of(new Inner("", -1)));

  @Test
  void readsWhatItHasWritten() throws Exception {
    assertThat(RecordJson.read(RecordJson.write(FULL), Outer.class)).isEqualTo(FULL);
  }

  @Test
  void writesWhatOtherProgramsRead() throws Exception {
    Map<?, ?> read = new ObjectMapper().readValue(RecordJson.write(FULL), Map.class);
    assertThat(read.get("data")).isEqualTo(7);
    assertThat(read.get("yes")).isEqualTo(true);
    assertThat(read.get("at")).isEqualTo("2026-11-21T10:00:00.123456789Z");
    assertThat(read.get("inner"))
        .isEqualTo(Map.of("text", "it's \"ä\"\n\u0001", "number", Long.MAX_VALUE));
  }

  @Test
  void leavesOutWhatIsEmpty() throws Exception {
    Outer sparse =
        new Outer(0, false, Instant.EPOCH, new Inner("", 0), Optional.empty(), Optional.empty());
    byte[] written = RecordJson.write(sparse);
    assertThat(new String(written, StandardCharsets.UTF_8)).doesNotContain("until", "other");
    assertThat(RecordJson.read(written, Outer.class)).isEqualTo(sparse);
  }

  @Test
  void passesOverWhatANewerVersionSays() throws Exception {
    String newer =
        "{\"colours\": [1, {\"text\": 2}], \"more\": {\"number\": 3}, \"text\": \"a\", \"size\": 1.5, \"number\": 4, \"none\": null}";
    assertThat(RecordJson.read(newer.getBytes(StandardCharsets.UTF_8), Inner.class))
        .isEqualTo(new Inner("a", 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"text\": \"a\", \"number\": 1",
        "{\"text\": \"a\", \"number\": 1} {}",
        "{\"text\": \"a\"}",
        "{\"text\": \"a\", \"number\": \"1\"}",
        "{\"text\": \"a\", \"number\": 1.5}",
        "{\"text\": \"a\", \"number\": 99999999999999999999}",
        "{\"text\": null, \"number\": 1}",
        "{\"text\": 1, \"number\": 1}",
        "\u0000\u0000\u0000"
      })
  void refusesWhatIsDamaged(String text) {
    assertThatExceptionOfType(JsonProcessingException.class)
        .isThrownBy(() -> RecordJson.read(text.getBytes(StandardCharsets.UTF_8), Inner.class));
  }
}
