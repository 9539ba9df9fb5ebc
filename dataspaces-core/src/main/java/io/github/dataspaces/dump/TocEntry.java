package io.github.dataspaces.dump;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An entry of an archive's table of contents.
 *
 * @param id what others refer to it by
 * @param type what it is, for example {@code TABLE DATA}
 * @param tag its name
 * @param section when it is restored
 * @param definition the statements that make it; empty for none
 * @param removal the statement that would remove it; empty for none
 * @param copy the COPY statement that its data is for; empty for none
 * @param schema where it is; empty for what is in no schema
 * @param owner who owned it; empty for what nobody owns
 * @param dependencies the ids of entries that have to be there before it
 * @param file the file that holds its data; empty in an archive of one file
 * @param offset where its data is in an archive of one file; {@link #NO_DATA} if it has none,
 *     negative if that is not known
 */
public record TocEntry(
    int id,
    String type,
    String tag,
    Section section,
    String definition,
    String removal,
    String copy,
    String schema,
    String owner,
    List<Integer> dependencies,
    String file,
    long offset) {

  /** Instead of an offset. */
  static final long NO_DATA = 0;

  /** When an entry is restored. */
  public enum Section {
    NONE,
    PRE_DATA,
    DATA,
    POST_DATA;

    static Section of(int number) throws DumpFormatException {
      if (number < 1 || number > values().length) {
        throw new DumpFormatException(0, "its table of contents is damaged");
      }
      return values()[number - 1];
    }
  }

  /** Whether rows belong to it. */
  public boolean isTableData() {
    return type.equals("TABLE DATA");
  }

  /** Whether large objects belong to it. */
  public boolean isLargeObjects() {
    return type.equals("BLOBS");
  }

  /** Whether rows or large objects of it have to be in the archive. */
  boolean hasData() {
    return (isTableData() || isLargeObjects()) && offset != NO_DATA;
  }

  /** What people call it. */
  public String described() {
    return "%s %s"
        .formatted(
            type.toLowerCase(java.util.Locale.ROOT), schema.isEmpty() ? tag : schema + "." + tag);
  }

  /** The same with texts that mean what they say. */
  TocEntry in(Charset charset) {
    return new TocEntry(
        id,
        type,
        decoded(tag, charset),
        section,
        decoded(definition, charset),
        decoded(removal, charset),
        decoded(copy, charset),
        decoded(schema, charset),
        decoded(owner, charset),
        dependencies,
        file,
        offset);
  }

  private static String decoded(String bytes, Charset charset) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), charset);
  }
}
