package io.github.dataspaces.dump;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes an archive of {@code pg_dump} in the custom format as if it had been made at the beginning
 * of 1980: when it was made stands in its header, so that no two archives would be the same.
 */
final class ConstantTime extends FilterOutputStream {

  /** Seconds, minutes, hours, the day, the months before it, the years since 1900, summer time. */
  private static final int[] TIME = {0, 0, 0, 1, 0, 80, 0};

  private static final int MINOR_VERSION = 6;
  private static final int BYTES_OF_A_NUMBER = 8;
  private static final int COMPRESSION = 11;
  private static final int WITH_COMPRESSION_ALGORITHM = 15;

  /** More than there is before the time and in it, and less than the shortest archive. */
  private static final int HEADER = 64;

  private final ByteArrayOutputStream header = new ByteArrayOutputStream();
  private boolean written;

  ConstantTime(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (written) {
      out.write(bytes, offset, length);
      return;
    }
    header.write(bytes, offset, length);
    if (header.size() >= HEADER) {
      writeHeader();
    }
  }

  private void writeHeader() throws IOException {
    byte[] bytes = header.toByteArray();
    int width = bytes[BYTES_OF_A_NUMBER];
    int position =
        COMPRESSION + (bytes[MINOR_VERSION] < WITH_COMPRESSION_ALGORITHM ? 1 + width : 1);
    for (int part : TIME) {
      bytes[position] = 0; // its sign
      for (int i = 0; i < width; i++) {
        bytes[position + 1 + i] = (byte) (i == 0 ? part : 0);
      }
      position += 1 + width;
    }
    out.write(bytes);
    written = true;
    header.reset();
  }

  @Override
  public void close() throws IOException {
    if (!written) {
      out.write(header.toByteArray());
      written = true;
    }
    super.close();
  }
}
