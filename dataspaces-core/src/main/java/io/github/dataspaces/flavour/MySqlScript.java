package io.github.dataspaces.flavour;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes a script apart as the {@code mysql} client does, whose scripts name their own delimiter
 * where statements have semicolons in them. Drivers know nothing of that.
 */
final class MySqlScript {

  private static final String COMMAND = "delimiter";

  private final String text;
  private final List<String> statements = new ArrayList<>();
  private String delimiter = ";";
  private int position;
  private int start;

  /** Whether the statement that is being read has anything but blanks and comments in it. */
  private boolean meaningful;

  private MySqlScript(String text) {
    this.text = text;
  }

  static List<String> statements(String text) {
    MySqlScript script = new MySqlScript(text);
    script.read();
    return List.copyOf(script.statements);
  }

  private void read() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (text.startsWith(delimiter, position)) {
        end();
        position += delimiter.length();
        start = position;
      } else if (isComment()) {
        skipTo("\n");
      } else if (text.startsWith("/*", position) && !isExecutable()) {
        skipTo("*/");
      } else if (isDelimiterCommand()) {
        readDelimiter();
      } else if (c == '\'' || c == '"' || c == '`') {
        meaningful = true;
        skipQuoted(c);
      } else {
        meaningful |= !Character.isWhitespace(c);
        position++;
      }
    }
    end();
  }

  private void end() {
    if (meaningful) {
      statements.add(text.substring(start, position).strip());
    }
    meaningful = false;
  }

  private boolean isComment() {
    if (text.charAt(position) == '#') {
      return true;
    }
    int next = position + 2;
    return text.startsWith("--", position)
        && (next == text.length() || text.charAt(next) <= ' '); // 5--1 is 6
  }

  /** Servers run what is in these, depending on their version; {@code /*+} is a hint. */
  private boolean isExecutable() {
    return text.startsWith("!", position + 2)
        || text.startsWith("M!", position + 2)
        || text.startsWith("+", position + 2);
  }

  private void skipTo(String end) {
    int found = text.indexOf(end, position);
    position = found < 0 ? text.length() : found + end.length();
  }

  private void skipQuoted(char quote) {
    position++;
    while (position < text.length() && text.charAt(position) != quote) {
      // a quote that is doubled ends one text and begins another
      position += text.charAt(position) == '\\' && quote != '`' ? 2 : 1;
    }
    position = Math.min(position + 1, text.length());
  }

  private boolean isDelimiterCommand() {
    int end = position + COMMAND.length();
    return !meaningful
        && end < text.length()
        && Character.isWhitespace(text.charAt(end))
        && text.substring(position, end).toLowerCase(Locale.ROOT).equals(COMMAND);
  }

  private void readDelimiter() {
    int line = text.indexOf('\n', position);
    int end = line < 0 ? text.length() : line;
    String named = text.substring(position + COMMAND.length(), end).strip();
    if (!named.isEmpty()) {
      delimiter = named;
    }
    position = end;
    start = end;
  }
}
