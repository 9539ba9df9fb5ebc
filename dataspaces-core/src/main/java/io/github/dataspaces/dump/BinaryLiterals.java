package io.github.dataspaces.dump;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Statements whose strings hold bytes that are no text, as {@code mysqldump} writes them without
 * {@code --hex-blob}. Drivers send text only, so these strings become hexadecimal ones.
 */
final class BinaryLiterals {

  private static final char REPLACEMENT = '\uFFFD';

  private BinaryLiterals() {}

  static String decode(byte[] bytes, Charset charset) {
    String text = new String(bytes, charset);
    if (!charset.equals(StandardCharsets.UTF_8)
        || text.indexOf(REPLACEMENT) < 0
        || isText(bytes, 0, bytes.length)) {
      return text;
    }
    return rewritten(bytes);
  }

  private static boolean isText(byte[] bytes, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String rewritten(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 2);
    int position = 0;
    while (position < bytes.length) {
      if (bytes[position] != '\'') {
        out.write(bytes[position++]);
        continue;
      }
      int end = endOfString(bytes, position);
      if (isText(bytes, position, end)) {
        out.write(bytes, position, end - position);
      } else {
        byte[] value = unescaped(bytes, position + 1, end - 1);
        out.writeBytes(
            ("x'" + HexFormat.of().formatHex(value) + "'").getBytes(StandardCharsets.US_ASCII));
      }
      position = end;
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int endOfString(byte[] bytes, int quote) {
    int at = quote + 1;
    while (at < bytes.length) {
      if (bytes[at] == '\\') {
        at += 2;
      } else if (bytes[at] != '\'') {
        at++;
      } else if (at + 1 < bytes.length && bytes[at + 1] == '\'') {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return bytes.length;
  }

  private static byte[] unescaped(byte[] bytes, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '\\' && at + 1 < to) {
        out.write(meaning(bytes[++at]));
      } else {
        out.write(b);
        at += b == '\'' ? 1 : 0;
      }
    }
    return out.toByteArray();
  }

  private static int meaning(byte escaped) {
    return switch (escaped) {
      case '0' -> 0;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'Z' -> 26;
      default -> escaped;
    };
  }
}
