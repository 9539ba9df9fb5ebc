package io.github.dataspaces.benchmarks;

import java.util.regex.Pattern;

/** Which rows of a table are wanted, for somebody who works on one of them. */
final class Rows {

  private static final Pattern WANTED =
      Pattern.compile(System.getProperty("benchmarks.rows", ""), Pattern.CASE_INSENSITIVE);

  private Rows() {}

  /** Whether one is whose first cells are those. */
  static boolean areWanted(String cells) {
    return WANTED.matcher(cells).find();
  }
}
