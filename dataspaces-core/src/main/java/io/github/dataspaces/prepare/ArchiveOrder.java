package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.TocEntry;
import io.github.dataspaces.dump.TocEntry.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * When the entries of an archive are restored.
 *
 * @param settings what every connection has to begin with
 * @param before what has to be there before the data
 * @param withData what is data and no rows: the state of sequences
 * @param after what is made of the data: indexes, constraints, triggers
 * @param last what could stand in the way of all before it, or needs all of it
 */
record ArchiveOrder(
    List<TocEntry> settings,
    List<TocEntry> before,
    List<TocEntry> withData,
    List<TocEntry> after,
    List<TocEntry> last) {

  private static final Set<String> SETTINGS = Set.of("STDSTRINGS", "SEARCHPATH");

  /** The database is there, and the encoding of the connection is the driver's. */
  private static final Set<String> OMITTED =
      Set.of("ENCODING", "DATABASE", "DATABASE PROPERTIES", "TABLE DATA", "BLOBS");

  private static final Set<String> RIGHTS = Set.of("ACL", "ACL LANGUAGE", "DEFAULT ACL");
  private static final Set<String> LAST = Set.of("EVENT TRIGGER", "MATERIALIZED VIEW DATA");

  static ArchiveOrder of(List<TocEntry> entries) {
    List<TocEntry> settings = new ArrayList<>();
    List<TocEntry> before = new ArrayList<>();
    List<TocEntry> data = new ArrayList<>();
    List<TocEntry> after = new ArrayList<>();
    List<TocEntry> rights = new ArrayList<>();
    List<TocEntry> last = new ArrayList<>();
    boolean afterData = false;
    for (TocEntry entry : entries) {
      afterData |= entry.section() == Section.DATA || entry.section() == Section.POST_DATA;
      if (SETTINGS.contains(entry.type())) {
        settings.add(entry);
      } else if (RIGHTS.contains(entry.type())) {
        rights.add(entry);
      } else if (LAST.contains(entry.type()) || entry.tag().startsWith("EVENT TRIGGER")) {
        last.add(entry);
      } else if (!OMITTED.contains(entry.type()) && !isOfDatabase(entry)) {
        section(entry, afterData, before, data, after).add(entry);
      }
    }
    rights.removeIf(ArchiveOrder::isOfDatabase);
    rights.addAll(last);
    return new ArchiveOrder(settings, before, data, after, rights);
  }

  private static List<TocEntry> section(
      TocEntry entry,
      boolean afterData,
      List<TocEntry> before,
      List<TocEntry> data,
      List<TocEntry> after) {
    if (ArchiveStatements.MAKE_LARGE_OBJECTS.contains(entry.type())) {
      return before; // they are data too, and have to be made before they are filled
    }
    return entry.section() == Section.DATA ? data : afterData ? after : before;
  }

  /** Comments on, and rights to, a database that has another name here. */
  private static boolean isOfDatabase(TocEntry entry) {
    return entry.section() == Section.NONE && entry.tag().startsWith("DATABASE ");
  }
}
