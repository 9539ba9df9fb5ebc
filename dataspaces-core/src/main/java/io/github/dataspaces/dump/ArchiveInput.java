package io.github.dataspaces.dump;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the numbers and texts of an archive, whose widths the archive itself tells. */
final class ArchiveInput {

  private final InputStream in;
  private int numberBytes = 4;
  private int offsetBytes = 8;

  ArchiveInput(InputStream in) {
    this.in = in;
  }

  void widths(int number, int offset) throws DumpFormatException {
    if (number < 1 || number > 8 || offset < 1 || offset > 8) {
      throw new DumpFormatException(0, "its header is damaged");
    }
    numberBytes = number;
    offsetBytes = offset;
  }

  /** One that reads the same archive from another place on. */
  ArchiveInput at(InputStream other) {
    ArchiveInput input = new ArchiveInput(other);
    input.numberBytes = numberBytes;
    input.offsetBytes = offsetBytes;
    return input;
  }

  InputStream stream() {
    return in;
  }

  int readByte() throws IOException {
    int read = in.read();
    if (read < 0) {
      throw new EOFException();
    }
    return read;
  }

  int readInt() throws IOException {
    boolean negative = readByte() != 0;
    long value = littleEndian(numberBytes);
    if (value > Integer.MAX_VALUE || value < 0) {
      throw new DumpFormatException(0, "a number in it is damaged");
    }
    return (int) (negative ? -value : value);
  }

  /** A number that may have 32 bits, as the object identifiers have. */
  long readOid() throws IOException {
    readByte();
    return littleEndian(numberBytes);
  }

  long readOffset() throws IOException {
    return littleEndian(offsetBytes);
  }

  private long littleEndian(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) readByte() << (8 * i);
    }
    return value;
  }

  /** A text whose bytes are its characters for now; empty for none. */
  String readText() throws IOException {
    return readTextOr("");
  }

  /** The same with something else for none. */
  String readTextOr(String none) throws IOException {
    int length = readInt();
    if (length < 0) {
      return none;
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
