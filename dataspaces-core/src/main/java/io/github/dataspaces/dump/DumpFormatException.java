package io.github.dataspaces.dump;

import java.io.IOException;

/** A dump is not what it should be. The message says how, and fits after "Line 7: ". */
public final class DumpFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long line;

  /**
   * @param line where, from 1; 0 where lines mean nothing
   */
  public DumpFormatException(long line, String message) {
    super(message);
    this.line = line;
  }

  /** Where, from 1; 0 where lines mean nothing. */
  public long line() {
    return line;
  }
}
