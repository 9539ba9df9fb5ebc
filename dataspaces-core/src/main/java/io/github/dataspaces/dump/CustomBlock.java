package io.github.dataspaces.dump;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** A block of the custom format: chunks, each after its length, to one of no length. */
final class CustomBlock {

  private static final int ROWS = 1;
  private static final int LARGE_OBJECTS = 3;

  private final ArchiveInput input;
  private final Optional<Compression> compression;
  private Chunks current;
  private boolean noMoreObjects;

  private CustomBlock(ArchiveInput input, Optional<Compression> compression, boolean rows) {
    this.input = input;
    this.compression = compression;
    this.current = new Chunks(input);
    // before the first large object there is nothing of one
    this.current.ended = !rows;
  }

  /**
   * Reads what begins a block.
   *
   * @return empty at the end of the archive
   */
  static Optional<Open> begin(
      ArchiveInput input, Map<Integer, TocEntry> entries, Optional<Compression> compression)
      throws IOException {
    int type = input.stream().read();
    if (type < 0) {
      return Optional.empty();
    }
    TocEntry entry = entries.get(input.readInt());
    if (entry == null || (type != ROWS && type != LARGE_OBJECTS)) {
      throw new DumpFormatException(0, "a block of data in it is damaged");
    }
    CustomBlock block = new CustomBlock(input, compression, type == ROWS);
    ArchiveBlock found =
        type == ROWS
            ? ArchiveBlock.of(entry, new ArchiveBlock.Piece(0, block.expanded()), input.stream())
            : new ArchiveBlock(entry, block::nextObject, input.stream());
    return Optional.of(new Open(found, type == ROWS ? block::drainRows : block::drainObjects));
  }

  /** What comes after a block can be read when all of it has been. */
  @FunctionalInterface
  interface Drain {
    void run() throws IOException;
  }

  /** A block, and how to get to what comes after it. */
  record Open(ArchiveBlock block, Drain drain) {}

  private InputStream expanded() throws IOException {
    if (compression.isEmpty()) {
      return current;
    }
    if (current.isEmpty()) {
      return new ByteArrayInputStream(new byte[0]);
    }
    return compression.get().expand(current);
  }

  private Optional<ArchiveBlock.Piece> nextObject() throws IOException {
    current.drain();
    long oid = noMoreObjects ? 0 : input.readOid();
    if (oid == 0) {
      noMoreObjects = true;
      return Optional.empty();
    }
    current = new Chunks(input);
    return Optional.of(new ArchiveBlock.Piece(oid, expanded()));
  }

  private void drainRows() throws IOException {
    current.drain();
  }

  private void drainObjects() throws IOException {
    while (nextObject().isPresent()) {
      // to the end
    }
  }

  /** The chunks of a table, or of a large object. */
  private static final class Chunks extends InputStream {

    private final ArchiveInput input;
    private boolean ended;
    private int left;

    Chunks(ArchiveInput input) {
      this.input = input;
    }

    boolean isEmpty() throws IOException {
      return !more();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!more()) {
        return -1;
      }
      int read = input.stream().read(target, offset, Math.min(length, left));
      if (read < 0) {
        throw new EOFException();
      }
      left -= read;
      return read;
    }

    private boolean more() throws IOException {
      while (left == 0 && !ended) {
        left = input.readInt();
        ended = left == 0;
        if (left < 0) {
          throw new DumpFormatException(0, "a block of data in it is damaged");
        }
      }
      return left > 0;
    }

    void drain() throws IOException {
      byte[] buffer = new byte[1 << 13];
      while (read(buffer, 0, buffer.length) >= 0) {
        // to the end
      }
    }
  }
}
