package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is to run the server. */
public enum RuntimeChoice {
  /** Docker where an engine answers, embedded where none does. */
  AUTO,
  /** A native process of this machine; needs no Docker. */
  EMBEDDED,
  /** A container. */
  DOCKER;

  /**
   * @throws DataspaceException {@link Reason#INVALID} for anything but the three names
   */
  public static RuntimeChoice parse(String text) {
    for (RuntimeChoice choice : values()) {
      if (choice.toString().equals(text.trim().toLowerCase(Locale.ROOT))) {
        return choice;
      }
    }
    List<String> names = Arrays.stream(values()).map(RuntimeChoice::toString).toList();
    throw new DataspaceException(
        Reason.INVALID,
        "There is no runtime '%s'.".formatted(text),
        "Use one of: %s.".formatted(String.join(", ", names)));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
