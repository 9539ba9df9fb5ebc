package io.github.dataspaces.junit;

import io.github.dataspaces.config.Names;
import java.util.UUID;

/** Names that tell whose a dataspace is, and that no other process will choose. */
final class EphemeralName {

  private static final int LONGEST = 63;
  private static final int DIGITS = 8;

  private EphemeralName() {}

  /** For what is kept of a failed test: {@code failed-orderstest-placesanorder-1a2b3c4d}. */
  static String ofFailed(String user) {
    return unique("failed-" + user);
  }

  private static String unique(String text) {
    String digits = UUID.randomUUID().toString().substring(0, DIGITS);
    String name = Names.nearest(text.replaceAll("[^A-Za-z0-9_]+", "-"));
    String cut = name.substring(0, Math.min(name.length(), LONGEST - 1 - DIGITS));
    return cut.replaceAll("-+$", "") + "-" + digits;
  }
}
