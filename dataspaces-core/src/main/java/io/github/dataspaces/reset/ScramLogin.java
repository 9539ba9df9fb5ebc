package io.github.dataspaces.reset;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Logs in to PostgreSQL with a password by SCRAM-SHA-256, as drivers do, but stretches the password
 * once for all connections: that is made to take long, half of the time that opening one takes.
 *
 * <p>RFC 5802 and 7677; PostgreSQL's documentation, "SASL Authentication". Thread-safe.
 */
final class ScramLogin {

  private static final String MECHANISM = "SCRAM-SHA-256";
  private static final byte AUTHENTICATION = 'R';
  private static final byte RESPONSE = 'p';
  private static final int BEGIN = 10;
  private static final int CONTINUE = 11;
  private static final int FINAL = 12;
  private static final int KEY_BITS = 256;
  private static final int NONCE_BYTES = 18;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** More than a process has servers at once. */
  private static final int MOST_KEYS = 64;

  private static final Map<Stretching, byte[]> STRETCHED = new ConcurrentHashMap<>();

  private final String password;

  ScramLogin(String password) {
    this.password = password;
  }

  private record Stretching(String password, String salt, int iterations) {}

  /** One of the server's, with its type and length before the body. */
  private record Message(byte type, byte[] body) {

    static Message read(DataInputStream in) throws IOException {
      byte type = in.readByte();
      byte[] body = new byte[in.readInt() - Integer.BYTES];
      in.readFully(body);
      return new Message(type, body);
    }

    boolean isAuthentication(int step) {
      return type == AUTHENTICATION && ByteBuffer.wrap(body).getInt() == step;
    }

    String text() {
      return new String(body, Integer.BYTES, body.length - Integer.BYTES, StandardCharsets.UTF_8);
    }

    /** A SCRAM message is attributes, each a letter with a value. */
    Map<String, String> attributes() {
      return Arrays.stream(text().split(","))
          .filter(attribute -> attribute.indexOf('=') == 1)
          .collect(Collectors.toMap(a -> a.substring(0, 1), a -> a.substring(2), (a, b) -> a));
    }

    byte[] bytes() {
      return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
          .put(type)
          .putInt(Integer.BYTES + body.length)
          .put(body)
          .array();
    }
  }

  /**
   * Logs in, if that is how the server asks for it.
   *
   * @return the server's next message, which is the driver's to read: that all is well, that it is
   *     not, or that the server wants something else
   */
  byte[] run(InputStream from, OutputStream to) throws IOException {
    DataInputStream in = new DataInputStream(from);
    Message begin = Message.read(in);
    boolean usual = StandardCharsets.US_ASCII.newEncoder().canEncode(password);
    if (!begin.isAuthentication(BEGIN)
        || !usual
        || !Arrays.asList(begin.text().split("\0")).contains(MECHANISM)) {
      return begin.bytes();
    }
    String first = "n=,r=" + nonce();
    send(to, initial("n,," + first));
    Message challenge = Message.read(in);
    if (!challenge.isAuthentication(CONTINUE)) {
      return challenge.bytes();
    }
    try {
      return finish(in, to, first, challenge);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("Logging in by SCRAM-SHA-256 failed: " + e.getMessage(), e);
    }
  }

  private byte[] finish(DataInputStream in, OutputStream to, String first, Message challenge)
      throws IOException, GeneralSecurityException {
    Map<String, String> said = challenge.attributes();
    byte[] salted =
        stretched(
            new Stretching(
                password,
                said.getOrDefault("s", ""),
                Integer.parseInt(said.getOrDefault("i", "0"))));
    String last = "c=biws,r=" + said.getOrDefault("r", "");
    String exchange = first + "," + challenge.text() + "," + last;
    byte[] clientKey = hmac(salted, "Client Key");
    byte[] signature = hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), exchange);
    String proof = Base64.getEncoder().encodeToString(xor(clientKey, signature));
    send(to, (last + ",p=" + proof).getBytes(StandardCharsets.UTF_8));
    Message verdict = Message.read(in);
    if (!verdict.isAuthentication(FINAL)) {
      return verdict.bytes();
    }
    byte[] server = Base64.getDecoder().decode(verdict.attributes().getOrDefault("v", ""));
    if (!MessageDigest.isEqual(server, hmac(hmac(salted, "Server Key"), exchange))) {
      throw new IOException("The server does not know the password it asks for.");
    }
    return Message.read(in).bytes();
  }

  private static String nonce() {
    byte[] random = new byte[NONCE_BYTES];
    RANDOM.nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }

  private static byte[] initial(String text) {
    byte[] mechanism = (MECHANISM + '\0').getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(mechanism.length + Integer.BYTES + bytes.length)
        .put(mechanism)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  private static void send(OutputStream to, byte[] body) throws IOException {
    to.write(new Message(RESPONSE, body).bytes());
    to.flush();
  }

  private static byte[] stretched(Stretching wanted) throws GeneralSecurityException {
    byte[] known = STRETCHED.get(wanted);
    if (known != null) {
      return known;
    }
    PBEKeySpec spec =
        new PBEKeySpec(
            wanted.password().toCharArray(),
            Base64.getDecoder().decode(wanted.salt()),
            wanted.iterations(),
            KEY_BITS);
    byte[] made =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    if (STRETCHED.size() >= MOST_KEYS) {
      STRETCHED.clear();
    }
    STRETCHED.put(wanted, made);
    return made;
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] xor(byte[] one, byte[] other) {
    byte[] result = one.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] ^= other[i];
    }
    return result;
  }
}
