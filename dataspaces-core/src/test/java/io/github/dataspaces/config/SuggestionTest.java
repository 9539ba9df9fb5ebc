package io.github.dataspaces.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {

  private static final List<String> KEYS = List.of("flavour", "runtime", "port", "password", "ttl");

  @Test
  void findsWhatWasNearlyTyped() {
    assertThat(Suggestion.of("flavor", KEYS)).contains("flavour");
    assertThat(Suggestion.of("Port", KEYS)).contains("port");
    assertThat(Suggestion.of("pasword", KEYS)).contains("password");
    assertThat(Suggestion.of("rutnime", KEYS)).contains("runtime");
    assertThat(Suggestion.phrase("flavor", KEYS)).isEqualTo("Did you mean 'flavour'?");
  }

  @Test
  void saysNothingRatherThanSomethingFarFetched() {
    assertThat(Suggestion.of("seed", KEYS)).isEmpty();
    assertThat(Suggestion.of("migrations", KEYS)).isEmpty();
    assertThat(Suggestion.of("", List.of("flavour"))).isEmpty();
    assertThat(Suggestion.of("port", List.of())).isEmpty();
    assertThat(Suggestion.phrase("migrations", KEYS)).isEmpty();
  }
}
