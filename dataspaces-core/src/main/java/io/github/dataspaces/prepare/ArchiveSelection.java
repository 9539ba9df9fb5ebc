package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.TocEntry;
import io.github.dataspaces.prepare.TableGraph.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of an archive has nothing to do with tables that are not wanted. */
final class ArchiveSelection {

  private static final String OWNERSHIP = "SEQUENCE OWNED BY";

  private final List<TocEntry> entries;
  private final Collection<Table> unwanted;
  private final Collection<Table> wanted;
  private final Set<Integer> out = new HashSet<>();

  private ArchiveSelection(
      List<TocEntry> entries, Collection<Table> wanted, Collection<Table> unwanted) {
    this.entries = entries;
    this.wanted = wanted;
    this.unwanted = unwanted;
  }

  /** The entries without the unwanted tables and what depends on them. */
  static List<TocEntry> of(
      List<TocEntry> entries, Collection<Table> wanted, Collection<Table> unwanted) {
    ArchiveSelection selection = new ArchiveSelection(entries, wanted, unwanted);
    selection.leaveOut();
    List<TocEntry> left = new ArrayList<>(entries);
    left.removeIf(entry -> selection.out.contains(entry.id()));
    return left;
  }

  private void leaveOut() {
    entries.stream()
        .filter(entry -> unwanted.contains(table(entry)) && isTable(entry))
        .forEach(entry -> out.add(entry.id()));
    int before = -1;
    while (before < out.size()) {
      before = out.size();
      for (TocEntry entry : entries) {
        boolean keeps = isTable(entry) && wanted.contains(table(entry));
        if (!keeps && entry.dependencies().stream().anyMatch(out::contains)) {
          out.add(entry.id());
          if (entry.type().equals(OWNERSHIP)) {
            // the numbers of a column that is not there
            out.addAll(entry.dependencies().stream().filter(this::isSequence).toList());
          }
        }
      }
    }
  }

  private boolean isSequence(int id) {
    return entries.stream().anyMatch(e -> e.id() == id && e.type().equals("SEQUENCE"));
  }

  private static boolean isTable(TocEntry entry) {
    return entry.type().equals("TABLE") || entry.type().equals("FOREIGN TABLE");
  }

  private static Table table(TocEntry entry) {
    return new Table(entry.schema(), entry.tag());
  }
}
