package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes one {@code INSERT} of several that put a row of constants each into the same columns, as
 * dumps have them by the million: the server takes a fraction of the time for it. Whatever is not
 * surely that stays as it is.
 */
final class RowsTogether {

  /** The table and its columns, and then the row. */
  private static final Pattern INSERT =
      Pattern.compile(
          "(INSERT\\s+INTO\\s[^'$;]*?\\sVALUES)\\s*(\\(.*\\))\\s*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** What a constant may have outside of quotes; a letter before them tells what is in them. */
  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "default", "b", "x", "e", "n");

  private final List<String> statements = new ArrayList<>();
  private final StringBuilder rows = new StringBuilder();
  private String head = "";

  private RowsTogether() {}

  /** The statements that do the same. */
  static List<String> of(List<Statement> statements) {
    RowsTogether together = new RowsTogether();
    statements.forEach(statement -> together.add(statement.text()));
    together.end();
    return together.statements;
  }

  private void add(String statement) {
    Optional<Matcher> insert =
        Optional.of(INSERT.matcher(statement))
            .filter(Matcher::matches)
            .filter(matcher -> isOfConstants(matcher.group(2)));
    if (insert.isEmpty()) {
      end();
      statements.add(statement);
      return;
    }
    String next = insert.get().group(1);
    if (!next.equals(head)) {
      end();
      head = next;
    }
    rows.append(rows.isEmpty() ? " " : ",\n").append(insert.get().group(2));
  }

  private void end() {
    if (!rows.isEmpty()) {
      statements.add(head + rows);
      rows.setLength(0);
    }
    head = "";
  }

  /** Whether a text in parentheses is one row of constants, without anything that is computed. */
  private static boolean isOfConstants(String row) {
    boolean quoted = false;
    StringBuilder word = new StringBuilder();
    for (int i = 1; i < row.length() - 1; i++) {
      char c = row.charAt(i);
      if (c == '\\') {
        // what it means is a setting
        return false;
      }
      if (c == '\'') {
        quoted = !quoted;
      }
      if (quoted) {
        continue;
      }
      if (Character.isLetter(c)) {
        word.append(c);
      } else if (!isKnown(word) || !isOfNumbers(c)) {
        return false;
      } else {
        word.setLength(0);
      }
    }
    return !quoted && isKnown(word);
  }

  private static boolean isKnown(CharSequence word) {
    return word.isEmpty() || WORDS.contains(word.toString().toLowerCase(Locale.ROOT));
  }

  private static boolean isOfNumbers(char c) {
    return c >= '0' && c <= '9' || "'+.,".indexOf(c) >= 0 || c == '-' || Character.isWhitespace(c);
  }
}
