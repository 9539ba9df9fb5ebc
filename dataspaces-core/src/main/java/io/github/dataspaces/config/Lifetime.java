package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * Reads how long something may live or how old it must be: {@code 90s}, {@code 30m}, {@code 12h},
 * {@code 7d}.
 */
public final class Lifetime {

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Lifetime() {}

  /**
   * @return the duration; zero for {@code 0}, which means "for ever" for a TTL
   * @throws DataspaceException {@link Reason#INVALID} if it cannot be read
   */
  public static Duration parse(String key, String text) {
    String trimmed = text.trim().toUpperCase(Locale.ROOT);
    if (trimmed.equals("0")) {
      return Duration.ZERO;
    }
    try {
      return require(key, Duration.parse(trimmed.endsWith("D") ? "P" + trimmed : "PT" + trimmed));
    } catch (DateTimeParseException | DataspaceException e) {
      throw refused(key, text);
    }
  }

  /** The duration itself, unless nobody can mean it. */
  static Duration require(String key, Duration duration) {
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw refused(key, duration.toString());
    }
    return duration;
  }

  private static DataspaceException refused(String key, String text) {
    return new DataspaceException(
        Reason.INVALID,
        "%s: '%s' is no length of time.".formatted(key, text),
        "Write for example 90s, 30m, 12h or 7d; 0 means for ever.");
  }
}
