package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.regex.Pattern;

/**
 * A flavour as the user writes it: {@code postgres}, {@code postgres:17}, {@code postgres:17.11}.
 *
 * @param name as written; which flavours exist is known elsewhere
 * @param version as written, or empty for the flavour's own choice
 */
public record FlavourSelector(String name, String version) {

  private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)*(-[a-zA-Z0-9._-]+)?");

  /** Checks the version's form. */
  public FlavourSelector {
    if (!version.isEmpty() && !VERSION.matcher(version).matches()) {
      throw new DataspaceException(
          Reason.INVALID,
          "flavour: '%s' is no version of %s.".formatted(version, name),
          "Write for example %s:17 or %s:17.11, or name a container image with 'image'."
              .formatted(name, name));
    }
  }

  /** Reads {@code name[:version]}. */
  public static FlavourSelector parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new FlavourSelector(text.trim(), "")
        : new FlavourSelector(text.substring(0, colon).trim(), text.substring(colon + 1).trim());
  }

  @Override
  public String toString() {
    return version.isEmpty() ? name : name + ":" + version;
  }
}
