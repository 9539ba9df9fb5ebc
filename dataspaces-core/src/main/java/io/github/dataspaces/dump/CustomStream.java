package io.github.dataspaces.dump;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The custom format read from one end to the other, for what cannot be read anywhere else. */
final class CustomStream implements PgArchive.Blocks {

  private final ArchiveToc toc;
  private final Map<Integer, TocEntry> entries = new HashMap<>();
  private final Set<TocEntry> seen = new HashSet<>();
  private CustomBlock.Drain before = () -> {};

  CustomStream(ArchiveToc toc) {
    this.toc = toc;
    toc.entries().forEach(entry -> entries.put(entry.id(), entry));
  }

  @Override
  public Optional<ArchiveBlock> next() throws IOException {
    before.run();
    Optional<CustomBlock.Open> open = CustomBlock.begin(toc.input(), entries, toc.compression());
    if (open.isEmpty()) {
      return requireAll();
    }
    seen.add(open.get().block().entry());
    before = open.get().drain();
    ArchiveBlock block = open.get().block();
    return Optional.of(new ArchiveBlock(block.entry(), block.pieces(), () -> {}));
  }

  /** Between two blocks nothing tells that there was another one. */
  private Optional<ArchiveBlock> requireAll() throws DumpFormatException {
    for (TocEntry entry : toc.entries()) {
      if (entry.hasData() && !seen.contains(entry)) {
        throw new DumpFormatException(
            0, "it is cut short: %s is missing".formatted(entry.described()));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean independent() {
    return false;
  }
}
