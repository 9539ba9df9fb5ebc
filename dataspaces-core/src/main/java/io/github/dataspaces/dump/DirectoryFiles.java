package io.github.dataspaces.dump;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The directory format: the table of contents, and a file for each table and large object. */
final class DirectoryFiles implements PgArchive.Blocks {

  private static final int BUFFER = 1 << 16;
  private static final List<String> ENDINGS = List.of("", ".gz", ".zst", ".lz4");

  private final Path folder;
  private final LongConsumer read;
  private final ArchiveToc toc;
  private final Iterator<TocEntry> left;

  DirectoryFiles(Path folder, LongConsumer read) throws IOException {
    this.folder = folder;
    this.read = read;
    try (InputStream in = open("toc.dat")) {
      this.toc = ArchiveToc.read(in);
    }
    this.left =
        toc.entries().stream()
            .filter(entry -> !entry.file().isEmpty())
            .sorted(Comparator.comparingLong(this::size).reversed())
            .iterator();
  }

  ArchiveToc toc() {
    return toc;
  }

  @Override
  public Optional<ArchiveBlock> next() throws IOException {
    if (!left.hasNext()) {
      return Optional.empty();
    }
    TocEntry entry = left.next();
    if (entry.isLargeObjects()) {
      return Optional.of(largeObjects(entry));
    }
    InputStream in = open(entry.file());
    return Optional.of(ArchiveBlock.of(entry, new ArchiveBlock.Piece(0, in), in));
  }

  /** Each line of that file is a large object and the name of its file. */
  private ArchiveBlock largeObjects(TocEntry entry) throws IOException {
    List<String> lines;
    try (InputStream in = open(entry.file())) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    Iterator<String> objects = lines.iterator();
    InputStream[] current = {InputStream.nullInputStream()};
    return new ArchiveBlock(
        entry,
        () -> {
          current[0].close();
          if (!objects.hasNext()) {
            return Optional.empty();
          }
          String[] words = objects.next().split(" ", 2);
          if (words.length < 2 || !words[0].matches("[0-9]{1,10}")) {
            throw new DumpFormatException(0, "%s is damaged".formatted(entry.file()));
          }
          current[0] = open(words[1]);
          return Optional.of(new ArchiveBlock.Piece(Long.parseLong(words[0]), current[0]));
        },
        () -> current[0].close());
  }

  private InputStream open(String name) throws IOException {
    InputStream in =
        new BufferedInputStream(new CountedInput(Files.newInputStream(file(name)), read), BUFFER);
    in.mark(BUFFER);
    byte[] head = in.readNBytes(8);
    in.reset();
    Optional<Compression> compression = Compression.of(head);
    return compression.isPresent() ? compression.get().expand(in) : in;
  }

  private Path file(String name) throws DumpFormatException {
    if (name.contains("/") || name.contains("\\")) {
      throw new DumpFormatException(0, "its table of contents is damaged");
    }
    return ENDINGS.stream()
        .map(ending -> folder.resolve(name + ending))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() -> new DumpFormatException(0, "its file %s is missing".formatted(name)));
  }

  private long size(TocEntry entry) {
    try {
      return Files.size(file(entry.file()));
    } catch (IOException e) {
      return 0; // told when it is its turn
    }
  }

  @Override
  public boolean independent() {
    return true;
  }
}
