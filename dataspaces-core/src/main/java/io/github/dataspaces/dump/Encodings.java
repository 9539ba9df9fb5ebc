package io.github.dataspaces.dump;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What engines call their encodings. */
final class Encodings {

  /** In these a backslash, or a quote, may be the half of a character. */
  private static final Set<String> AMBIGUOUS =
      Set.of("SJIS", "CP932", "BIG5", "GBK", "GB18030", "UHC", "JOHAB", "SHIFTJIS2004");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("SQLASCII", "UTF-8"),
          Map.entry("UNICODE", "UTF-8"),
          Map.entry("UTF8MB3", "UTF-8"),
          Map.entry("UTF8MB4", "UTF-8"),
          Map.entry("BINARY", "UTF-8"),
          Map.entry("ASCII", "UTF-8"),
          Map.entry("LATIN2", "ISO-8859-2"),
          Map.entry("LATIN3", "ISO-8859-3"),
          Map.entry("LATIN4", "ISO-8859-4"),
          Map.entry("LATIN5", "ISO-8859-9"),
          Map.entry("LATIN7", "ISO-8859-13"),
          Map.entry("LATIN9", "ISO-8859-15"),
          Map.entry("KOI8", "KOI8-R"),
          Map.entry("KOI8R", "KOI8-R"),
          Map.entry("KOI8U", "KOI8-U"),
          Map.entry("EUCJP", "EUC-JP"),
          Map.entry("UJIS", "EUC-JP"),
          Map.entry("EUCKR", "EUC-KR"),
          Map.entry("GB2312", "EUC-CN"),
          Map.entry("EUCCN", "EUC-CN"));

  private Encodings() {}

  private static boolean isSupported(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  static Charset charset(String name, long line) throws DumpFormatException {
    String plain = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    if (plain.equals("LATIN1")) {
      // what MySQL calls so is Windows's; the few characters in which they differ are in no other
      return Charset.forName(name.equals("latin1") ? "windows-1252" : "ISO-8859-1");
    }
    String java = NAMES.getOrDefault(plain, plain.replaceFirst("^(WIN|CP)", "windows-"));
    if (AMBIGUOUS.contains(plain) || !isSupported(java)) {
      throw new DumpFormatException(
          line, "the encoding %s cannot be read; dump it in UTF-8".formatted(name));
    }
    return java.equals("UTF8") ? StandardCharsets.UTF_8 : Charset.forName(java);
  }
}
