package io.github.dataspaces.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspaces;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Kills another JVM at points that are spread over the duration of an operation, and has what it
 * left looked at.
 */
public final class KillPoints {

  private static final int POINTS = Integer.getInteger("test.kill.points", 7);

  private final TestHome home;
  private final String[] request;
  private Consumer<Dataspaces> before = all -> {};

  /** Points in the middle of a request to {@link OtherJvm}. */
  public KillPoints(TestHome home, String... request) {
    this.home = home;
    this.request = request;
  }

  /** Does something before each time. */
  public void before(Consumer<Dataspaces> preparation) {
    before = preparation;
  }

  /** Kills at each point, opens the home again, and has it looked at; last, lets it succeed. */
  public void each(Consumer<Dataspaces> look) {
    OtherJvm next = OtherJvm.in(home.folder());
    try {
      // the first one lives, and tells how long it takes
      Duration duration = toTheEnd(next, look);
      for (int point = 1; point <= POINTS; point++) {
        next = OtherJvm.in(home.folder());
        try (Dataspaces all = home.open()) {
          before.accept(all);
        }
        next.ask("open");
        next.send(request);
        LockSupport.parkNanos(duration.toNanos() * (2L * point - 1) / (2L * POINTS));
        next.kill();
        look(look);
      }
    } finally {
      next.kill();
    }
  }

  private Duration toTheEnd(OtherJvm jvm, Consumer<Dataspaces> look) {
    try (Dataspaces all = home.open()) {
      before.accept(all);
    }
    jvm.ask("open");
    long start = System.nanoTime();
    jvm.ask(request);
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    look(look);
    return duration;
  }

  private void look(Consumer<Dataspaces> look) {
    boolean halfMade = home.hasHalfMadeData();
    Logs.Heard<Dataspaces> heard = Logs.during(home::open);
    try (Dataspaces all = heard.result()) {
      assertThat(halfMade && heard.log().isBlank()).as("something was swept unsaid").isFalse();
      home.assertTidy();
      look.accept(all);
      home.assertTidy();
    }
  }
}
