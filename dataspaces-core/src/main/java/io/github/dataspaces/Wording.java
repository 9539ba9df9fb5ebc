package io.github.dataspaces;

import java.util.Locale;

/** How sizes, times and numbers are told to people. Stateless. */
public final class Wording {

  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private Wording() {}

  /** For example {@code 1 snapshot} or {@code 3 snapshots}. */
  static String count(int number, String thing) {
    return number + " " + (number == 1 ? thing : thing + "s");
  }

  /** For example {@code 41 MB}. */
  public static String size(long bytes) {
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
