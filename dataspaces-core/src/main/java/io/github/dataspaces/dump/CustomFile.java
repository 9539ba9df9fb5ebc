package io.github.dataspaces.dump;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** The custom format in a file: every block is found by its offset, the largest ones first. */
final class CustomFile implements PgArchive.Blocks {

  private static final int BUFFER = 1 << 16;

  private final ArchiveToc toc;
  private final Path file;
  private final LongConsumer read;
  private final Map<Integer, TocEntry> entries = new HashMap<>();
  private final Iterator<TocEntry> left;

  CustomFile(ArchiveToc toc, Path file, LongConsumer read) throws IOException {
    this.toc = toc;
    this.file = file;
    this.read = read;
    TreeMap<Long, TocEntry> byOffset = new TreeMap<>();
    for (TocEntry entry : toc.entries()) {
      entries.put(entry.id(), entry);
      if (entry.offset() > 0) {
        byOffset.put(entry.offset(), entry);
      }
    }
    long end = Files.size(file);
    Comparator<TocEntry> bySize =
        Comparator.comparingLong(
            entry ->
                Optional.ofNullable(byOffset.higherKey(entry.offset())).orElse(end)
                    - entry.offset());
    this.left = List.copyOf(byOffset.values()).stream().sorted(bySize.reversed()).iterator();
  }

  @Override
  public Optional<ArchiveBlock> next() throws IOException {
    if (!left.hasNext()) {
      return Optional.empty();
    }
    TocEntry entry = left.next();
    FileChannel channel = FileChannel.open(file);
    try {
      channel.position(entry.offset());
      InputStream in =
          new BufferedInputStream(new CountedInput(Channels.newInputStream(channel), read), BUFFER);
      CustomBlock.Open open =
          CustomBlock.begin(toc.input().at(in), entries, toc.compression())
              .orElseThrow(EOFException::new);
      if (open.block().entry().id() != entry.id()) {
        throw new DumpFormatException(0, "a block of data in it is damaged");
      }
      return Optional.of(open.block());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public boolean independent() {
    return true;
  }
}
