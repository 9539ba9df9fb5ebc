package io.github.dataspaces.dump;

import io.github.dataspaces.dump.TocEntry.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header and the table of contents of an archive that {@code pg_dump} has made, of its version
 * 9.0 or later.
 *
 * @param input what comes after it
 * @param entries the entries, in the order in which they are restored
 * @param encoding what the rows are in, as PostgreSQL calls it; empty for UTF-8
 * @param compression how data is compressed that is not in files of its own
 */
record ArchiveToc(
    ArchiveInput input,
    List<TocEntry> entries,
    Optional<String> encoding,
    Optional<Compression> compression) {

  private static final byte[] MAGIC = "PGDMP".getBytes(StandardCharsets.US_ASCII);
  private static final int OLDEST = 10;
  private static final int NEWEST = 16;
  private static final int CUSTOM = 1;
  private static final int WITH_TABLE_ACCESS_METHOD = 14;
  private static final int WITH_COMPRESSION_ALGORITHM = 15;
  private static final int WITH_KIND = 16;
  private static final int WITH_SECTION = 11;
  private static final int NO_OFFSET = -1;
  private static final int OFFSET_IS_SET = 2;
  private static final int HAS_NO_DATA = 3;
  private static final Pattern ENCODING = Pattern.compile("client_encoding\\s*=\\s*'([^']+)'");

  static ArchiveToc read(InputStream in) throws IOException {
    ArchiveInput input = new ArchiveInput(in);
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new DumpFormatException(0, "its table of contents is damaged");
    }
    int major = input.readByte();
    int minor = input.readByte();
    input.readByte();
    if (major != 1 || minor < OLDEST || minor > NEWEST) {
      throw new DumpFormatException(
          0,
          "archives of version %d.%d are not known, only 1.%d to 1.%d"
              .formatted(major, minor, OLDEST, NEWEST));
    }
    input.widths(input.readByte(), input.readByte());
    boolean oneFile = input.readByte() == CUSTOM;
    Optional<Compression> compression = compression(input, minor);
    for (int i = 0; i < 7; i++) {
      input.readInt(); // when it was made
    }
    for (int i = 0; i < 3; i++) {
      input.readText(); // the database, and the versions of the server and of pg_dump
    }
    return withEncoding(input, entries(input, minor, oneFile), compression);
  }

  private static Optional<Compression> compression(ArchiveInput input, int minor)
      throws IOException {
    if (minor < WITH_COMPRESSION_ALGORITHM) {
      return input.readInt() == 0 ? Optional.empty() : Optional.of(Compression.ZLIB);
    }
    int algorithm = input.readByte();
    return switch (algorithm) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(Compression.ZLIB);
      case 2 -> Optional.of(Compression.LZ4);
      case 3 -> Optional.of(Compression.ZSTD);
      default ->
          throw new DumpFormatException(0, "its compression %d is not known".formatted(algorithm));
    };
  }

  private static List<TocEntry> entries(ArchiveInput input, int minor, boolean oneFile)
      throws IOException {
    int count = input.readInt();
    List<TocEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry(input, minor, oneFile));
    }
    return entries;
  }

  private static TocEntry entry(ArchiveInput input, int minor, boolean oneFile) throws IOException {
    int id = input.readInt();
    input.readInt(); // whether it has data
    input.readText();
    input.readText(); // the object's identifiers where it was
    String tag = input.readText();
    String type = input.readText();
    Section section = minor >= WITH_SECTION ? Section.of(input.readInt()) : OldSections.of(type);
    String definition = input.readText();
    String removal = input.readText();
    String copy = input.readText();
    String schema = input.readText();
    input.readText(); // tablespace
    if (minor >= WITH_TABLE_ACCESS_METHOD) {
      input.readText();
    }
    if (minor >= WITH_KIND) {
      input.readInt();
    }
    String owner = input.readText();
    input.readText(); // whether it has the row identifiers of former times
    List<Integer> dependencies = dependencies(input);
    String file = oneFile ? "" : input.readText();
    long offset = oneFile ? offset(input) : NO_OFFSET;
    return new TocEntry(
        id,
        type,
        tag,
        section,
        definition,
        removal,
        copy,
        schema,
        owner,
        dependencies,
        file,
        offset);
  }

  private static List<Integer> dependencies(ArchiveInput input) throws IOException {
    List<Integer> ids = new ArrayList<>();
    String end = "";
    for (String id = input.readTextOr(end); !id.equals(end); id = input.readTextOr(end)) {
      try {
        ids.add(Integer.parseInt(id));
      } catch (NumberFormatException e) {
        throw new DumpFormatException(0, "its table of contents is damaged");
      }
    }
    return List.copyOf(ids);
  }

  private static long offset(ArchiveInput input) throws IOException {
    int state = input.readByte();
    long offset = input.readOffset();
    if (state == HAS_NO_DATA) {
      return TocEntry.NO_DATA;
    }
    return state == OFFSET_IS_SET && offset > 0 ? offset : NO_OFFSET;
  }

  private static ArchiveToc withEncoding(
      ArchiveInput input, List<TocEntry> entries, Optional<Compression> compression)
      throws IOException {
    Optional<String> name =
        entries.stream()
            .filter(entry -> entry.type().equals("ENCODING"))
            .map(entry -> ENCODING.matcher(entry.definition()))
            .filter(Matcher::find)
            .map(matcher -> matcher.group(1))
            .findFirst();
    Charset charset = name.isPresent() ? Encodings.charset(name.get(), 0) : StandardCharsets.UTF_8;
    return new ArchiveToc(
        input,
        entries.stream().map(entry -> entry.in(charset)).toList(),
        charset.equals(StandardCharsets.UTF_8) ? Optional.empty() : name,
        compression);
  }
}
