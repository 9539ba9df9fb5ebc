package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.Locale;

/** What {@code create} does about a dataspace that is there already. */
public enum IfExists {
  /** Say so and change nothing. */
  FAIL,
  /** Hand out the one that is there, started if need be. */
  REUSE,
  /** Destroy it, but not its snapshots, and make a new one. */
  REPLACE;

  /**
   * @throws DataspaceException {@link Reason#INVALID} for anything but the three names
   */
  public static IfExists parse(String text) {
    for (IfExists choice : values()) {
      if (choice.name().equalsIgnoreCase(text.trim())) {
        return choice;
      }
    }
    throw new DataspaceException(
        Reason.INVALID,
        "ifExists: '%s' is no choice.".formatted(text),
        "Use fail, reuse or replace.");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
