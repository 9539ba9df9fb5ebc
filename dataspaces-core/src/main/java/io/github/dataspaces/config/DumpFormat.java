package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a dump is written. */
public enum DumpFormat {
  /** SQL, as the engine's client reads it. */
  PLAIN(".sql.zst"),
  /** The archive that {@code pg_restore} reads, compressed in itself. */
  CUSTOM(".dump");

  private final String ending;

  DumpFormat(String ending) {
    this.ending = ending;
  }

  /** What names of such files end with if nothing else was said. */
  public String ending() {
    return ending;
  }

  /**
   * @param text {@code plain}, or {@code sql}, which is the same; {@code custom}
   * @throws DataspaceException {@link Reason#INVALID} for anything else
   */
  public static DumpFormat parse(String text) {
    String wanted = text.trim().toLowerCase(Locale.ROOT);
    List<String> names = Arrays.stream(values()).map(DumpFormat::toString).toList();
    return Arrays.stream(values())
        .filter(format -> format.toString().equals(wanted.equals("sql") ? "plain" : wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new DataspaceException(
                    Reason.INVALID,
                    "format: a dump cannot be written as '%s'.".formatted(text),
                    "%s Use one of: %s."
                        .formatted(Suggestion.phrase(wanted, names), String.join(", ", names))
                        .strip()));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
