package io.github.dataspaces.dump;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A statement of a script.
 *
 * @param bytes its text, without what delimits it
 * @param charset what the bytes mean
 * @param line where it begins, from 1
 */
public record Statement(byte[] bytes, Charset charset, long line) {

  private static final int BEGINNING = 90;
  private static final Pattern SECRET = Pattern.compile("(?i)password|identified|encrypted");

  /** One that is none of a script's. */
  public static Statement of(String sql) {
    return new Statement(sql.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8, 0);
  }

  /** Its text. */
  public String text() {
    return BinaryLiterals.decode(bytes, charset);
  }

  /** Its first word in upper case; empty if it does not begin with a word. */
  public String keyword() {
    int length = 0;
    while (length < bytes.length && isLetter(bytes[length])) {
      length++;
    }
    return new String(bytes, 0, length, charset).toUpperCase(Locale.ROOT);
  }

  /** Its first {@code length} bytes, for looking at how it begins. */
  public String head(int length) {
    return new String(bytes, 0, Math.min(length, bytes.length), charset);
  }

  /** What people recognise it by; never a password. */
  public String beginning() {
    String head = head(4 * BEGINNING).replaceAll("\\s+", " ");
    String safe = SECRET.matcher(head).find() ? head.replaceAll("'.*", "'…") : head;
    return safe.length() <= BEGINNING ? safe : safe.substring(0, BEGINNING) + "…";
  }

  /** Whether a password may be in it. */
  public boolean isSecret() {
    return bytes.length < 10_000 && SECRET.matcher(head(bytes.length)).find();
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
  }
}
