package io.github.dataspaces.flavour;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Encodes a part of a URI (RFC 3986); form encoding differs from it in the blank. */
final class PercentEncoding {

  private PercentEncoding() {}

  static String of(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
