package io.github.dataspaces.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.RuntimeChoice;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Kills another JVM at points that are spread over the duration of an operation, and has what it
 * left looked at by whoever opens the home next.
 */
public final class KillPoints {

  private final int points;
  private Consumer<Dataspaces> before = all -> {};

  private KillPoints(int points) {
    this.points = points;
  }

  /** As many as the time for tests allows, or as {@code -Dtest.kill.points} says. */
  public static KillPoints of(RuntimeChoice runtime) {
    return new KillPoints(
        Integer.getInteger("test.kill.points", runtime == RuntimeChoice.DOCKER ? 3 : 5));
  }

  /** Does something before each time. */
  public KillPoints before(Consumer<Dataspaces> preparation) {
    before = preparation;
    return this;
  }

  /**
   * Kills in the middle of a request at each point, opens the home again, and has it looked at.
   * First the request is let come to its end, to know how long it takes.
   */
  public void each(TestHome home, Consumer<Dataspaces> look, String... request) {
    Duration duration = Duration.ZERO;
    OtherJvm next = OtherJvm.in(home.folder());
    try {
      for (int point = 0; point <= points; point++) {
        OtherJvm jvm = next;
        if (point < points) {
          next = OtherJvm.in(home.folder()); // starts while this one is looked at
        }
        before.accept(home.dataspaces());
        jvm.ask("open");
        long start = System.nanoTime();
        jvm.send(request);
        if (point == 0) {
          assertThat(jvm.receive().ok()).as(jvm.errors()).isTrue();
          duration = Duration.ofNanos(System.nanoTime() - start);
        } else {
          LockSupport.parkNanos(duration.toNanos() * (2L * point - 1) / (2L * points));
        }
        jvm.kill();
        look(home, look);
      }
    } finally {
      next.kill();
    }
  }

  /** As {@link #each}, in a new home each time. */
  public void eachFresh(
      Supplier<TestHome> homes, BiConsumer<TestHome, Dataspaces> look, String... request) {
    Duration duration = Duration.ZERO;
    for (int point = 0; point <= points; point++) {
      try (TestHome home = homes.get();
          OtherJvm jvm = OtherJvm.in(home.folder())) {
        jvm.awaitStart();
        long start = System.nanoTime();
        jvm.send(request);
        if (point == 0) {
          assertThat(jvm.receive().ok()).as(jvm.errors()).isTrue();
          duration = Duration.ofNanos(System.nanoTime() - start);
        } else {
          LockSupport.parkNanos(duration.toNanos() * (2L * point - 1) / (2L * points));
        }
        jvm.kill();
        look(home, all -> look.accept(home, all));
      }
    }
  }

  /** Opens a home that another JVM left as it died, and has it looked at. */
  public static void look(TestHome home, Consumer<Dataspaces> look) {
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
