package io.github.dataspaces.dump;

import io.github.dataspaces.dump.Syntax.Trait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Goes over the tokens of statements, so that nothing in them is taken for their end. */
final class Tokens {

  private static final String[] BEGUN = {
    "-- PostgreSQL database dump", "-- MySQL dump ", "-- MariaDB dump "
  };
  private static final String[] COMPLETE = {
    "-- PostgreSQL database dump complete", "-- Dump completed"
  };
  private static final int LONGEST_TAG = 64;

  private final Window in;
  private final Syntax syntax;
  private final ScriptSettings settings;
  private final AtomicBodies bodies = new AtomicBodies();
  private int parentheses;
  private boolean cutShort;

  Tokens(Window in, Syntax syntax, ScriptSettings settings) {
    this.in = in;
    this.syntax = syntax;
    this.settings = settings;
  }

  /** A new statement begins. */
  void begin() {
    parentheses = 0;
    bodies.begin();
  }

  /** In how much of what a semicolon does not end the position is. */
  int depth() {
    return parentheses + bodies.depth();
  }

  /** Whether a dump has begun and has not ended. */
  boolean isCutShort() {
    return cutShort;
  }

  /** Goes over a comment, if there is one. */
  boolean skipComment() throws IOException {
    int c = in.at(0);
    if (c == '-' && in.at(1) == '-' && isDashComment()) {
      note();
      in.skipTo((byte) '\n');
    } else if (c == '#' && syntax.has(Trait.HASH_COMMENTS)) {
      in.skipTo((byte) '\n');
    } else if (c == '/' && in.at(1) == '*' && !isConditional()) {
      skipBlockComment();
    } else {
      return false;
    }
    return true;
  }

  private boolean isDashComment() throws IOException {
    // 5--1 is 6
    return !syntax.has(Trait.HASH_COMMENTS) || in.at(2) <= ' ';
  }

  /** Servers run what is in these, depending on their version; {@code /*+} is a hint. */
  private boolean isConditional() throws IOException {
    int next = in.at(2);
    return syntax.has(Trait.CONDITIONAL_COMMENTS)
        && (next == '!' || next == '+' || (next == 'M' && in.at(3) == '!'));
  }

  private void note() throws IOException {
    if (in.at(3) == 'P' || in.at(3) == 'M' || in.at(3) == 'D') {
      cutShort = (cutShort || comes(BEGUN)) && !comes(COMPLETE);
    }
  }

  private boolean comes(String[] lines) throws IOException {
    for (String line : lines) {
      if (in.startsWith(line.getBytes(StandardCharsets.US_ASCII))) {
        return true;
      }
    }
    return false;
  }

  private void skipBlockComment() throws IOException {
    long line = in.line();
    in.position += 2;
    int depth = 1;
    while (depth > 0) {
      int c = in.at(0);
      if (c < 0) {
        throw endsIn(line, "a comment");
      }
      boolean nested = c == '/' && syntax.has(Trait.NESTED_COMMENTS) && in.at(1) == '*';
      boolean closed = c == '*' && in.at(1) == '/';
      depth += nested ? 1 : closed ? -1 : 0;
      in.position += nested || closed ? 2 : 1;
    }
  }

  /** Goes over the token that begins with {@code c}. */
  void skip(int c, byte delimiter) throws IOException {
    if (c == '\'' || c == '"' || c == '`') {
      skipQuoted((byte) c, hasBackslashes(c));
    } else if (isWordPart(c)) {
      skipWord(delimiter);
    } else if (c == '$' && syntax.has(Trait.DOLLAR_QUOTES)) {
      skipDollarQuoted();
    } else {
      countParentheses(c);
      in.position++;
    }
  }

  private boolean hasBackslashes(int quote) {
    boolean everywhere = syntax.has(Trait.BACKSLASH_ESCAPES) && quote == '"';
    return settings.backslashes() && (quote == '\'' || everywhere);
  }

  private void countParentheses(int c) {
    if (syntax.has(Trait.PSQL_COMMANDS)) {
      parentheses += c == '(' ? 1 : c == ')' && parentheses > 0 ? -1 : 0;
    }
  }

  private void skipWord(byte delimiter) throws IOException {
    int length = 1;
    for (int c = in.at(length); isWordPart(c) || c == '$'; c = in.at(++length)) {
      if ((byte) c == delimiter) {
        break;
      }
    }
    if (syntax.has(Trait.ATOMIC_BODIES) && length <= AtomicBodies.LONGEST) {
      bodies.word(
          new String(in.bytes(), in.position, length, StandardCharsets.ISO_8859_1)
              .toUpperCase(Locale.ROOT));
    }
    boolean escapes = length == 1 && (in.at(0) | 0x20) == 'e' && in.at(1) == '\'';
    in.position += length;
    if (escapes && syntax.has(Trait.ESCAPE_STRINGS)) {
      skipQuoted((byte) '\'', true);
    }
  }

  /** A quote that is doubled ends one text and begins another. */
  private void skipQuoted(byte quote, boolean backslashes) throws IOException {
    in.position++;
    while (in.skipTo(quote, backslashes ? (byte) '\\' : quote)) {
      if (in.at(0) == quote) {
        in.position++;
        return;
      }
      in.position += in.at(1) < 0 ? 1 : 2;
    }
    throw endsIn(in.line(), quote == '\'' ? "a string" : "a quoted name");
  }

  private void skipDollarQuoted() throws IOException {
    long line = in.line();
    int length = 1;
    while (isWordPart(in.at(length)) && length < LONGEST_TAG) {
      length++;
    }
    int first = in.at(1);
    if (in.at(length) != '$' || (first >= '0' && first <= '9')) {
      in.position++; // a parameter
      return;
    }
    byte[] tag = new byte[length + 1];
    System.arraycopy(in.bytes(), in.position, tag, 0, tag.length);
    in.position += tag.length;
    while (in.skipTo((byte) '$')) {
      if (in.startsWith(tag)) {
        in.position += tag.length;
        return;
      }
      in.position++;
    }
    throw endsIn(line, "a text that " + new String(tag, StandardCharsets.UTF_8) + " began");
  }

  private static DumpFormatException endsIn(long line, String what) {
    return new DumpFormatException(
        line, "it ends in the middle of " + what + " of the statement that begins here");
  }

  private static boolean isWordPart(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c >= 0x80;
  }
}
