package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PortsTest {

  private static final String BOUND =
      "LOG:  could not bind IPv4 address \"127.0.0.1\": Address already in use";

  /** Starts that fail, with these ends of the log, before one does not. */
  private static Supplier<String> starts(String... logs) {
    Iterator<String> failures = List.of(logs).iterator();
    int free = Ports.free(Set.of());
    return () -> {
      if (failures.hasNext()) {
        throw Ports.explain(
            "shop",
            free,
            new DataspaceException(
                Reason.INFRASTRUCTURE,
                "The server did not start. The end of its log: " + failures.next(),
                ""));
      }
      return "started";
    };
  }

  @Test
  void aPortIsNotGivenToAnotherHomeSoonAfter() {
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertThat(given.add(Ports.free(Set.of()))).isTrue();
    }
  }

  @Test
  void aPortThatAnotherServerHadForAMomentIsGivenUp() {
    assertThat(Ports.tryTwice(starts(BOUND))).isEqualTo("started");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> Ports.tryTwice(starts(BOUND, BOUND)))
        .withMessageContaining("is in use by another program");
  }

  @Test
  void whatElseKeepsAServerFromStartingIsTold() {
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> Ports.tryTwice(starts("FATAL:  no space left on device")))
        .withMessageContaining("no space left on device");
  }
}
