package io.github.dataspaces.flavour;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * What PostgreSQL keeps of a password, made with one round of hashing. The server would take
 * thousands, and again for each new connection, which takes longer than all else that opening one
 * does. A password that is not guessed needs no more; servers before 16 cannot be told.
 *
 * <p>RFC 5802 and 5803; PostgreSQL's documentation, "pg_authid". The hashing is that of RFC 2104: a
 * {@code Mac} would be shorter, but a young JVM takes a tenth of a second for its first.
 */
final class ScramSecret {

  private static final int BLOCK_BYTES = 64;
  private static final byte OUTER = 0x5c;
  private static final byte INNER = 0x36;
  private static final int SALT_BYTES = 16;
  private static final int ROUNDS = 1;

  private ScramSecret() {}

  /** Whether a password has no letters but those that stand for themselves everywhere. */
  static boolean suits(String password) {
    return password.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
  }

  /** A secret with a salt of its own. */
  static String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    byte[] round = ByteBuffer.allocate(SALT_BYTES + Integer.BYTES).put(salt).putInt(1).array();
    byte[] salted = hmac(ascii(password), round);
    byte[] stored = sha256(hmac(salted, ascii("Client Key")));
    byte[] server = hmac(salted, ascii("Server Key"));
    // not %d: some languages have other digits
    return "SCRAM-SHA-256$%s:%s$%s:%s".formatted(ROUNDS, text(salt), text(stored), text(server));
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    byte[] block = Arrays.copyOf(key.length > BLOCK_BYTES ? sha256(key) : key, BLOCK_BYTES);
    return sha256(masked(block, OUTER), sha256(masked(block, INNER), message));
  }

  private static byte[] masked(byte[] block, byte mask) {
    byte[] result = block.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] ^= mask;
    }
    return result;
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
