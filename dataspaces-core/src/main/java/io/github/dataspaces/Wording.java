package io.github.dataspaces;

import java.util.Locale;

/** How sizes and times are told. */
final class Wording {

  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private Wording() {}

  /** For example {@code 41 MB}. */
  static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    do {
      value /= 1000;
      unit++;
    } while (value >= 999.5 && unit < UNITS.length - 1);
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /**
   * The time since {@code start}, which {@link System#nanoTime()} gave: for example {@code 140 ms}
   * or {@code 1.2 s}.
   */
  static String since(long start) {
    long milliseconds = (System.nanoTime() - start) / 1_000_000;
    return milliseconds < 1000
        ? milliseconds + " ms"
        : String.format(Locale.ROOT, "%.1f s", milliseconds / 1000.0);
  }
}
