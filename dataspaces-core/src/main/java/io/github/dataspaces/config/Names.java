package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a dataspace or a snapshot may be called.
 *
 * <p>Names become folders, container names and parts of a reference, so they are held to what is
 * the same on every file system: lower case, no separators, at most 63 characters.
 */
public final class Names {

  private static final int LONGEST = 63;
  private static final Pattern VALID =
      Pattern.compile("[a-z0-9][a-z0-9_-]{0," + (LONGEST - 1) + "}");

  private Names() {}

  /**
   * @return the name itself
   * @throws DataspaceException {@link Reason#INVALID} for a name of a dataspace that cannot be used
   */
  public static String dataspace(String name) {
    return check("dataspace", name);
  }

  /**
   * @return the name itself
   * @throws DataspaceException {@link Reason#INVALID} for a name of a snapshot that cannot be used
   */
  public static String snapshot(String name) {
    return check("snapshot", name);
  }

  /** The nearest valid name: for names that were not chosen to be one, such as an artifactId. */
  public static String nearest(String text) {
    String folded =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-").replaceAll("^[-_]+", "");
    String cut = folded.substring(0, Math.min(LONGEST, folded.length())).replaceAll("[-_]+$", "");
    return cut.isEmpty() ? "dataspace" : cut;
  }

  private static String check(String what, String name) {
    if (VALID.matcher(name).matches()) {
      return name;
    }
    throw new DataspaceException(
        Reason.INVALID,
        "'%s' is no name for a %s.".formatted(shortened(name), what),
        "Use up to %d lower-case letters, digits, '-' and '_', beginning with a letter or a digit, for example '%s'."
            .formatted(LONGEST, nearest(name)));
  }

  private static String shortened(String name) {
    return name.length() <= 80 ? name : name.substring(0, 77) + "...";
  }
}
