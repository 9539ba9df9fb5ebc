package io.github.dataspaces.dump;

import io.github.dataspaces.config.DumpSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * An archive of {@code pg_dump}: what is in it, and block by block its data. No program of
 * PostgreSQL is needed to read it. Thread-safe; the blocks are not.
 */
public final class PgArchive {

  private final ArchiveToc toc;
  private final Blocks blocks;

  /** Where the data comes from. */
  interface Blocks {
    /** The next block; empty at the end. */
    Optional<ArchiveBlock> next() throws IOException;

    /** Whether a block can be read while another one is. */
    boolean independent();
  }

  PgArchive(ArchiveToc toc, Blocks blocks) {
    this.toc = toc;
    this.blocks = blocks;
  }

  /**
   * Reads the table of contents.
   *
   * @param read hears of bytes that are read beside the stream
   */
  static PgArchive open(OpenDump dump, InputStream in, LongConsumer read) throws IOException {
    return switch (dump.kind()) {
      case CUSTOM -> custom(dump, in, read);
      case TAR -> tar(in);
      case DIRECTORY -> directory(dump.source(), read);
      case SCRIPT -> throw new IllegalStateException("a script is no archive");
    };
  }

  private static PgArchive custom(OpenDump dump, InputStream in, LongConsumer read)
      throws IOException {
    ArchiveToc toc = ArchiveToc.read(in);
    boolean offsetsKnown =
        toc.entries().stream()
            .filter(TocEntry::hasData)
            .allMatch(entry -> entry.offset() > TocEntry.NO_DATA);
    return new PgArchive(
        toc,
        offsetsKnown && !dump.isWrapped()
            ? new CustomFile(toc, dump.source().path().orElseThrow(), read)
            : new CustomStream(toc));
  }

  private static PgArchive tar(InputStream in) throws IOException {
    TarStream blocks = new TarStream(in);
    return new PgArchive(blocks.toc(), blocks);
  }

  private static PgArchive directory(DumpSource source, LongConsumer read) throws IOException {
    DirectoryFiles files = new DirectoryFiles(source.path().orElseThrow(), read);
    return new PgArchive(files.toc(), files);
  }

  /** What is in it, in the order in which it is restored. */
  public List<TocEntry> entries() {
    return toc.entries();
  }

  /** What rows are in, as PostgreSQL calls it; empty for UTF-8. */
  public Optional<String> encoding() {
    return toc.encoding();
  }

  /** Whether several blocks can be read at once. */
  public boolean independent() {
    return blocks.independent();
  }

  /**
   * The next block; empty at the end.
   *
   * @throws IOException if it is damaged or cut short
   */
  public Optional<ArchiveBlock> next() throws IOException {
    synchronized (blocks) {
      return blocks.next();
    }
  }
}
