package io.github.dataspaces.prepare;

import java.util.stream.Collectors;

/** What tools say, made fit for a message of one line. */
final class ToolWords {

  private static final int LONGEST = 2000;

  private ToolWords() {}

  /** Without rulers, blank lines and the full stop at the end; cut where it gets too long. */
  static String inOneLine(String text) {
    String line =
        text.lines()
            .map(String::strip)
            .filter(part -> !part.matches("[-=]*|SQL State *:.*|Error Code *:.*"))
            .collect(Collectors.joining("; "))
            .replaceAll("\\s+", " ")
            .replace(" : ", ": ")
            .replaceFirst("[.;\\s]+$", "");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
