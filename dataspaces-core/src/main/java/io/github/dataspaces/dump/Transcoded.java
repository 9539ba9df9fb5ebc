package io.github.dataspaces.dump;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Characters as the bytes of UTF-8. */
final class Transcoded extends InputStream {

  private final Reader reader;
  private final char[] chars = new char[1 << 14];
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int kept;

  Transcoded(Reader reader) {
    this.reader = reader;
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, bytes.remaining());
    bytes.get(target, offset, count);
    return count;
  }

  private boolean fill() throws IOException {
    while (!bytes.hasRemaining()) {
      int read = reader.read(chars, kept, chars.length - kept);
      if (read < 0 && kept == 0) {
        return false;
      }
      int count = kept + Math.max(read, 0);
      // a pair must not be torn apart
      kept = read > 0 && Character.isHighSurrogate(chars[count - 1]) ? 1 : 0;
      bytes = ByteBuffer.wrap(new String(chars, 0, count - kept).getBytes(StandardCharsets.UTF_8));
      chars[0] = kept == 1 ? chars[count - 1] : chars[0];
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
