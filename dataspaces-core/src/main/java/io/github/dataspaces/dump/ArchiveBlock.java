package io.github.dataspaces.dump;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The data of an entry: the rows of a table, or large objects. Closed by whoever has read it.
 *
 * @param entry what it belongs to
 * @param pieces its parts, to be read one after the other: one for a table
 * @param closing what is closed with it
 */
public record ArchiveBlock(TocEntry entry, Pieces pieces, Closeable closing)
    implements AutoCloseable {

  /** The parts of a block. */
  @FunctionalInterface
  public interface Pieces {
    /** The next one; empty at the end. The one before it need not have been read to its end. */
    Optional<Piece> next() throws IOException;
  }

  /**
   * A part of a block.
   *
   * @param largeObject the large object's identifier; 0 for rows
   * @param data what is in it, no longer compressed
   */
  public record Piece(long largeObject, InputStream data) {}

  /** A block of one piece. */
  static ArchiveBlock of(TocEntry entry, Piece piece, Closeable closing) {
    Iterator<Piece> only = List.of(piece).iterator();
    return new ArchiveBlock(
        entry, () -> only.hasNext() ? Optional.of(only.next()) : Optional.empty(), closing);
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}
