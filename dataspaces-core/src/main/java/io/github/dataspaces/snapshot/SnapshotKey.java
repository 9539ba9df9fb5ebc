package io.github.dataspaces.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names prepared state by what it was made from: the same contents give the same key, on every
 * machine.
 *
 * @param hash 32 hexadecimal digits
 */
public record SnapshotKey(String hash) {

  /** Raise it when the way templates are made changes. */
  private static final String FORMAT = "2";

  /** The key of these contents, in this order. */
  public static SnapshotKey of(List<String> contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(FORMAT.getBytes(StandardCharsets.UTF_8));
      for (String content : contents) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        // the length goes first, or "a","bc" would be "ab","c"
        digest.update(("\n" + bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return new SnapshotKey(HexFormat.of().formatHex(digest.digest(), 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
