package io.github.dataspaces.dump;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The part of a stream that is being looked at: all from the beginning of a statement to as far as
 * has been read. It grows with the statement, to a limit.
 */
final class Window {

  private static final int READ = 1 << 16;

  private final InputStream in;
  private final int limit;
  private byte[] bytes = new byte[2 * READ];
  private int start;
  private int end;
  private boolean exhausted;
  private long line = 1;

  /** Where the reader is. */
  int position;

  /**
   * @param limit the longest that a statement may be, in bytes
   */
  Window(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** What has been read; valid until more is. */
  byte[] bytes() {
    return bytes;
  }

  /** Where that ends. */
  int end() {
    return end;
  }

  /** The byte at that distance from the position; -1 after the last one. */
  int at(int distance) throws IOException {
    while (position + distance >= end) {
      if (!more()) {
        return -1;
      }
    }
    return bytes[position + distance] & 0xff;
  }

  /** Whether the text comes at the position. */
  boolean startsWith(byte[] text) throws IOException {
    for (int i = 0; i < text.length; i++) {
      if (at(i) != (text[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /** Lets go of all before the position. */
  void begin() {
    for (int i = start; i < position; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    start = position;
  }

  /** The line of the beginning, from 1. */
  long line() {
    return line;
  }

  /** All from the beginning to the position, without the blanks at its end. */
  byte[] text() {
    int last = position;
    while (last > start && isBlank(bytes[last - 1])) {
      last--;
    }
    return Arrays.copyOfRange(bytes, start, last);
  }

  /** Goes to the next byte of that kind; to the end if there is none. */
  boolean skipTo(byte wanted) throws IOException {
    return skipTo(wanted, wanted);
  }

  /** Goes to the next byte of either kind; to the end if there is none. */
  boolean skipTo(byte wanted, byte orThat) throws IOException {
    while (true) {
      for (int i = position; i < end; i++) {
        if (bytes[i] == wanted || bytes[i] == orThat) {
          position = i;
          return true;
        }
      }
      position = end;
      if (!more()) {
        return false;
      }
    }
  }

  /** Reads on; false at the end of the stream. */
  boolean more() throws IOException {
    if (exhausted) {
      return false;
    }
    makeRoom();
    int read = in.read(bytes, end, bytes.length - end);
    exhausted = read < 0;
    end += Math.max(read, 0);
    return !exhausted;
  }

  private void makeRoom() throws IOException {
    if (bytes.length - end >= READ) {
      return;
    }
    byte[] target = bytes;
    if (end - start > bytes.length / 2) {
      if (bytes.length >= limit) {
        throw new DumpFormatException(
            line, "a statement is longer than %d MB".formatted(limit >> 20));
      }
      target = new byte[(int) Math.min(2L * bytes.length, limit + READ)];
    }
    System.arraycopy(bytes, start, target, 0, end - start);
    position -= start;
    end -= start;
    start = 0;
    bytes = target;
  }

  static boolean isBlank(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
