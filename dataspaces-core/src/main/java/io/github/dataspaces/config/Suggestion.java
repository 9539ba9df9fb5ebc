package io.github.dataspaces.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what the user may have meant. */
public final class Suggestion {

  private Suggestion() {}

  /** The candidate with the fewest edits to {@code typed}, if it is near enough to be a slip. */
  public static Optional<String> of(String typed, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> distance(typed, candidate) <= Math.max(2, candidate.length() / 3))
        .min(Comparator.comparingInt(candidate -> distance(typed, candidate)));
  }

  /** "Did you mean 'x'?", or nothing. */
  public static String phrase(String typed, Collection<String> candidates) {
    return of(typed, candidates).map("Did you mean '%s'?"::formatted).orElse("");
  }

  /** Levenshtein distance, one row at a time (Wagner and Fischer, 1974). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
