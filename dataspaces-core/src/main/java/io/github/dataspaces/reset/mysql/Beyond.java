package io.github.dataspaces.reset.mysql;

/** Ends a reset that only the server's files can do; its message says why, in the user's words. */
final class Beyond extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Beyond(String why) {
    super(why, null, false, false);
  }
}
