package io.github.dataspaces.dump;

import io.github.dataspaces.dump.Syntax.Trait;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a script sets that changes how the rest of it is to be read. */
final class ScriptSettings {

  private static final int LONGEST = 400;
  private static final Pattern ENCODING =
      Pattern.compile(
          "(?i)\\bset\\s+(?:session\\s+)?(?:client_encoding\\s*(?:=|\\bto\\b)|names|(?:@@)?(?:session\\.)?character_set_client\\s*=)\\s*['\"]?(@?[\\w-]+)");
  private static final Pattern STANDARD_STRINGS =
      Pattern.compile("(?i)\\bstandard_conforming_strings\\s*(?:=|\\bto\\b)\\s*'?(on|off)");
  private static final Pattern MODE = Pattern.compile("(?i)\\bsql_mode\\s*=\\s*(\\S+)");

  private final boolean psql;
  private Charset named = StandardCharsets.UTF_8;
  private Charset charset = StandardCharsets.UTF_8;
  private Optional<String> encoding = Optional.empty();
  private boolean backslashes;

  ScriptSettings(Syntax syntax) {
    psql = syntax.has(Trait.PSQL_COMMANDS);
    backslashes = syntax.has(Trait.BACKSLASH_ESCAPES);
  }

  Charset charset() {
    return charset;
  }

  /** What the script is in, as the engine calls it; empty for UTF-8. */
  Optional<String> encoding() {
    return encoding;
  }

  /** Whether a backslash in a string changes the meaning of what comes after it. */
  boolean backslashes() {
    return backslashes;
  }

  /** Heeds a statement; true if it is not for the server, to which all goes in UTF-8. */
  boolean absorb(Statement statement) throws IOException {
    if (statement.bytes().length > LONGEST || !isSetting(statement)) {
      return false;
    }
    String text = statement.head(LONGEST);
    heedStrings(text);
    Matcher matcher = ENCODING.matcher(text);
    return matcher.find() && heedEncoding(matcher.group(1), statement.line());
  }

  private static boolean isSetting(Statement statement) {
    byte[] bytes = statement.bytes();
    int first = bytes[0] | 0x20;
    return (first == 's' && bytes.length > 3 && (bytes[1] | 0x20) == 'e')
        || (bytes[0] == '/' && bytes.length > 3);
  }

  private void heedStrings(String text) {
    Matcher matcher = (psql ? STANDARD_STRINGS : MODE).matcher(text);
    if (matcher.find()) {
      String value = matcher.group(1).toUpperCase(Locale.ROOT);
      backslashes = psql ? value.equals("OFF") : !value.contains("NO_BACKSLASH_ESCAPES");
    }
  }

  private boolean heedEncoding(String name, long line) throws IOException {
    if (name.startsWith("@")) {
      charset = named;
      return false;
    }
    charset = Encodings.charset(name, line);
    boolean utf8 = charset.equals(StandardCharsets.UTF_8);
    encoding = utf8 ? Optional.empty() : Optional.of(name);
    named = charset;
    return psql || !utf8;
  }
}
