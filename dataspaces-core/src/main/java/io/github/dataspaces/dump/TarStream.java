package io.github.dataspaces.dump;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The tar format: the table of contents, then a file for each table and for each large object. */
final class TarStream implements PgArchive.Blocks {

  private static final Pattern LARGE_OBJECT = Pattern.compile("blob_([0-9]{1,10})\\.dat");

  private final TarArchiveInputStream tar;
  private final ArchiveToc toc;
  private final Map<String, TocEntry> entries = new HashMap<>();

  TarStream(InputStream in) throws IOException {
    tar = new TarArchiveInputStream(in);
    tar.getNextEntry();
    toc = ArchiveToc.read(tar);
    toc.entries().stream()
        .filter(entry -> !entry.file().isEmpty())
        .forEach(entry -> entries.put(entry.file(), entry));
  }

  ArchiveToc toc() {
    return toc;
  }

  @Override
  public Optional<ArchiveBlock> next() throws IOException {
    try {
      for (TarArchiveEntry file = tar.getNextEntry(); file != null; file = tar.getNextEntry()) {
        Optional<ArchiveBlock> block = block(file.getName());
        if (block.isPresent()) {
          return block;
        }
      }
      return requireAll();
    } catch (RuntimeException e) {
      throw new IOException("it is a damaged tar archive", e);
    }
  }

  private Optional<ArchiveBlock> block(String file) {
    Matcher largeObject = LARGE_OBJECT.matcher(file);
    if (largeObject.matches()) {
      long oid = Long.parseLong(largeObject.group(1));
      Optional<TocEntry> owner =
          toc.entries().stream().filter(TocEntry::isLargeObjects).findFirst();
      ArchiveBlock.Piece piece = new ArchiveBlock.Piece(oid, tar);
      return owner.map(entry -> ArchiveBlock.of(entry, piece, () -> {}));
    }
    return Optional.ofNullable(entries.remove(file))
        .filter(TocEntry::isTableData)
        .map(entry -> ArchiveBlock.of(entry, new ArchiveBlock.Piece(0, tar), () -> {}));
  }

  private Optional<ArchiveBlock> requireAll() throws DumpFormatException {
    for (TocEntry missing : entries.values()) {
      if (missing.isTableData()) {
        throw new DumpFormatException(
            0, "it is cut short: %s is missing".formatted(missing.described()));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean independent() {
    return false;
  }
}
