package io.github.dataspaces.dump;

import io.github.dataspaces.config.DumpSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dump that is being read: unwrapped from whatever it is compressed with, and told by its content
 * what it is. Not thread-safe.
 */
public final class OpenDump implements AutoCloseable {

  private static final int HEAD = 4096;
  private static final int BUFFER = 1 << 16;

  /** More layers than this are somebody's joke. */
  private static final int MOST_LAYERS = 5;

  private static final Pattern BANNER =
      Pattern.compile("(?m)^-- (PostgreSQL|MySQL|MariaDB)\\b.* dump\\b|^-- (MySQL|MariaDB) dump ");

  private final DumpSource source;
  private final DumpKind kind;
  private final InputStream in;
  private final Optional<String> engine;
  private final boolean wrapped;
  private final LongConsumer read;

  private OpenDump(
      DumpSource source,
      DumpKind kind,
      InputStream in,
      Optional<String> engine,
      boolean wrapped,
      LongConsumer read) {
    this.source = source;
    this.kind = kind;
    this.in = in;
    this.engine = engine;
    this.wrapped = wrapped;
    this.read = read;
  }

  /**
   * Opens a dump.
   *
   * @param read hears of bytes that have been read from the disk, or wherever they come from
   * @throws DumpFormatException if it is empty, or nothing that is known
   */
  public static OpenDump open(DumpSource source, LongConsumer read) throws IOException {
    if (source.isFolder()) {
      return new OpenDump(
          source,
          DumpKind.DIRECTORY,
          InputStream.nullInputStream(),
          Optional.of("PostgreSQL"),
          false,
          read);
    }
    InputStream in = new BufferedInputStream(new CountedInput(source.open(), read), BUFFER);
    try {
      return recognise(source, in, read);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Whether a folder is a dump of its own, and not only a place where dumps are. */
  public static boolean isDirectoryFormat(Path folder) {
    return Files.isRegularFile(folder.resolve("toc.dat"))
        || Files.isRegularFile(folder.resolve("toc.dat.gz"));
  }

  private static OpenDump recognise(DumpSource source, InputStream raw, LongConsumer read)
      throws IOException {
    InputStream in = raw;
    byte[] head = head(in);
    int layers = 0;
    for (Optional<Compression> by = Compression.of(head);
        by.isPresent();
        by = Compression.of(head)) {
      if (++layers > MOST_LAYERS) {
        throw new DumpFormatException(
            0, "it is compressed more than %d times".formatted(MOST_LAYERS));
      }
      in = new BufferedInputStream(by.get().expand(in), BUFFER);
      head = head(in);
    }
    if (head.length == 0) {
      throw new DumpFormatException(0, "it is empty");
    }
    boolean wrapped = layers > 0 || source.path().isEmpty();
    if (startsWith(head, "PGDMP")) {
      return new OpenDump(source, DumpKind.CUSTOM, in, Optional.of("PostgreSQL"), wrapped, read);
    }
    if (startsWith(head, "toc.dat\0")) {
      return new OpenDump(source, DumpKind.TAR, in, Optional.of("PostgreSQL"), wrapped, read);
    }
    return new OpenDump(source, DumpKind.SCRIPT, text(in, head), engine(head), wrapped, read);
  }

  private static byte[] head(InputStream in) throws IOException {
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    return head;
  }

  private static boolean startsWith(byte[] head, String text) {
    return new String(head, StandardCharsets.ISO_8859_1).startsWith(text);
  }

  /** The text in UTF-8, or in whatever it says itself. */
  private static InputStream text(InputStream in, byte[] head) throws IOException {
    if (startsWith(head, "\u00ef\u00bb\u00bf")) {
      in.skipNBytes(3);
      return in;
    }
    if (startsWith(head, "\u00ff\u00fe") || startsWith(head, "\u00fe\u00ff")) {
      return new Transcoded(new InputStreamReader(in, StandardCharsets.UTF_16));
    }
    for (byte b : head) {
      if (b == 0) {
        throw new DumpFormatException(0, "it is neither SQL nor an archive of pg_dump");
      }
    }
    return in;
  }

  private static Optional<String> engine(byte[] head) {
    Matcher banner = BANNER.matcher(new String(head, StandardCharsets.ISO_8859_1));
    return banner.find()
        ? Optional.of(banner.group(1) == null ? banner.group(2) : banner.group(1))
        : Optional.empty();
  }

  /** What sort of dump it is. */
  public DumpKind kind() {
    return kind;
  }

  /** Whose dump it says it is: {@code PostgreSQL}, {@code MySQL}, {@code MariaDB}. */
  public Optional<String> engine() {
    return engine;
  }

  DumpSource source() {
    return source;
  }

  /** Whether it is something else than the bytes of a file. */
  boolean isWrapped() {
    return wrapped;
  }

  /** Reads what is in an archive. */
  public PgArchive archive() throws IOException {
    return PgArchive.open(this, in, read);
  }

  /** Takes a script apart. */
  public StatementReader statements(Syntax syntax) {
    return new StatementReader(in, syntax);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
