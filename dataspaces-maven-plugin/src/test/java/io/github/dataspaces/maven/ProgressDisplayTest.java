package io.github.dataspaces.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

  private static final String WIPE = "\r\033[K";

  private long clock = 5_000;

  @Test
  void aLogGetsALineEveryTenSecondsAndNothingOfShortWork() {
    List<String> lines = new ArrayList<>();
    PeriodicLines display = new PeriodicLines(lines::add, () -> clock);

    for (int second = 0; second <= 25; second++) {
      display.report("Pulling postgres:17", second * 10_000_000L, 400_000_000L);
      clock += 1_000;
    }

    assertThat(lines)
        .containsExactly(
            "Pulling postgres:17: 100 MB of 400 MB (25 %), 30 s left",
            "Pulling postgres:17: 200 MB of 400 MB (50 %), 20 s left");
  }

  @Test
  void aTerminalGetsABarThatIsRedrawnAtMostTenTimesASecondAndWipedAtTheEnd() {
    StringWriter terminal = new StringWriter();
    LiveBar bar = new LiveBar(new PrintWriter(terminal), () -> clock);

    bar.report("Pulling", 0, 100);
    clock += 50;
    bar.report("Pulling", 10, 100);
    clock += 50;
    bar.report("Pulling", 50, 100);
    bar.report("Pulling", 100, 100);
    bar.close();

    assertThat(terminal)
        .hasToString(
            WIPE
                + "Pulling ["
                + " ".repeat(30)
                + "] 0 B of 100 B (0 %)"
                + WIPE
                + "Pulling ["
                + "=".repeat(15)
                + " ".repeat(15)
                + "] 50 B of 100 B (50 %)"
                + WIPE);
  }

  @Test
  void workThatIsNotCountedInBytesIsOnlyNamed() {
    List<String> lines = new ArrayList<>();
    PeriodicLines display = new PeriodicLines(lines::add, () -> clock);
    display.report("Importing shop.dump: indexes and constraints, 0 of 7", 0, 0);
    clock += 10_000;
    display.report("Importing shop.dump: indexes and constraints, 3 of 7", 0, 0);
    assertThat(lines).containsExactly("Importing shop.dump: indexes and constraints, 3 of 7");
  }

  @Test
  void workOfUnknownLengthShowsWhatIsDone() {
    StringWriter terminal = new StringWriter();
    LiveBar bar = new LiveBar(new PrintWriter(terminal), () -> clock);

    bar.report("Copying", 1_500, 0);
    bar.close();

    assertThat(terminal).hasToString(WIPE + "Copying 1.5 kB" + WIPE);
  }
}
