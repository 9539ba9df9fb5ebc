package io.github.dataspaces.maven;

import io.github.dataspaces.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How progress and times are written for people. */
final class Units {

  private Units() {}

  /** For example {@code 120 MB of 430 MB (27 %)}; empty for work that is not counted in bytes. */
  static String progress(long done, long total) {
    if (done == 0 && total == 0) {
      return "";
    }
    return total > 0
        ? "%s of %s (%d %%)".formatted(Wording.size(done), Wording.size(total), 100 * done / total)
        : Wording.size(done);
  }

  /** For example {@code 3 h}: the largest unit that fits. */
  static String duration(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + " d";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min"
        : Math.max(0, duration.toSeconds()) + " s";
  }

  /** For example {@code in 3 h}, {@code expired} or {@code never}. */
  static String expiry(Optional<Instant> expires, Instant now) {
    return expires
        .map(at -> at.isAfter(now) ? "in " + duration(Duration.between(now, at)) : "expired")
        .orElse("never");
  }
}
