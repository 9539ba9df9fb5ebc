package io.github.dataspaces.dump;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/** The rows after {@code COPY … FROM stdin;}, to the line that has only a backslash and a dot. */
final class CopyRows extends InputStream {

  private static final int LONGEST = 100_000;
  private static final Pattern FROM_STDIN = Pattern.compile("(?is)copy\\b.*\\bfrom\\s+stdin\\b.*");

  private final Window in;
  private final long line;
  private boolean started;
  private boolean ended;

  /** Whether this is such a statement. */
  static boolean follow(Statement statement) {
    return statement.bytes().length < LONGEST
        && (statement.bytes()[0] | 0x20) == 'c'
        && FROM_STDIN.matcher(statement.text()).matches();
  }

  CopyRows(Window in) {
    this.in = in;
    this.line = in.line();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (!started) {
      started = true;
      in.position += in.skipTo((byte) '\n') ? 1 : 0; // of the line of the statement
      in.begin();
      if (isEnd()) {
        end();
      }
    }
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    if (in.at(0) < 0) {
      throw new DumpFormatException(
          line, "it ends in the middle of the rows of the COPY that begins here");
    }
    int count = toEnd(Math.min(length, in.end() - in.position));
    System.arraycopy(in.bytes(), in.position, target, offset, count);
    in.position += count;
    in.begin();
    if (ended) {
      end();
    }
    return count;
  }

  /** How many of the bytes are rows: fewer if the end is among them. */
  private int toEnd(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      if (in.bytes()[in.position + i] == '\n') {
        in.position += i + 1;
        // may read on, which moves what has been read
        boolean end = mayBeEnd() && isEnd();
        in.position -= i + 1;
        if (end) {
          ended = true;
          return i + 1;
        }
      }
    }
    return count;
  }

  private boolean mayBeEnd() throws IOException {
    return in.position >= in.end() || in.bytes()[in.position] == '\\';
  }

  private boolean isEnd() throws IOException {
    if (in.at(0) != '\\' || in.at(1) != '.') {
      return false;
    }
    int after = in.at(2);
    return after < 0 || after == '\n' || (after == '\r' && in.at(3) == '\n');
  }

  private void end() throws IOException {
    ended = true;
    in.skipTo((byte) '\n');
    in.begin();
  }
}
