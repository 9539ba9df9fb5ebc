package io.github.dataspaces;

import java.security.SecureRandom;

/**
 * Makes passwords nobody chose: a server listens on the loopback interface, which every user of the
 * machine reaches.
 */
final class Passwords {

  /** Letters and digits only: they need no quoting anywhere. */
  private static final String ALPHABET =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private static final int LENGTH = 20;

  private Passwords() {}

  static String random() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }
}
