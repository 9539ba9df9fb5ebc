package io.github.dataspaces.reset.mysql;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.runtime.RunningDatabase;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A transaction that is older than what a test has done, and still sees what was there before. It
 * tells whether tables are as they were, and has the rows that they lack. One thread at a time.
 */
final class Witness implements AutoCloseable {

  private final AdminSession past;
  private final AdminSession present;

  private Witness(AdminSession past, AdminSession present) {
    this.past = past;
    this.present = present;
  }

  /**
   * Sees nothing yet.
   *
   * @param present what is compared is what this session sees
   */
  static Witness open(RunningDatabase server, AdminSession present) {
    return new Witness(AdminSession.open(server), present);
  }

  /** What the server calls its session. */
  String id() {
    return past.id();
  }

  /** From here on it sees what is there now. */
  void look() {
    past.execute("rollback");
    past.execute("start transaction with consistent snapshot");
  }

  /** Which of these tables are not what they were, by sums of what is stored. */
  Set<TableName> changed(Collection<TableName> tables) {
    Set<TableName> changed = new HashSet<>();
    if (!tables.isEmpty()) {
      List<TableName> listed = List.copyOf(tables);
      String sums =
          "checksum table " + String.join(", ", listed.stream().map(TableName::quoted).toList());
      List<List<String>> before = past.query(sums);
      List<List<String>> now = present.query(sums);
      for (int i = 0; i < listed.size(); i++) {
        if (now.get(i).get(1).isEmpty() || !now.get(i).equals(before.get(i))) {
          changed.add(listed.get(i));
        }
      }
    }
    return changed;
  }

  /**
   * Makes tables what they were, where they are not. Afterwards it sees nothing.
   *
   * @param tables which are defined as they were then
   * @param reordered those of them that have the same rows in another order, perhaps
   * @throws Beyond if that cannot be done
   */
  void restore(Collection<TableName> tables, Collection<TableName> reordered) {
    try {
      Set<TableName> changed = new HashSet<>(changed(tables));
      changed.addAll(reordered);
      changed.forEach(table -> RowCopy.of(table, past, present).restore());
      for (TableName still : changed(changed)) {
        throw new Beyond("rows of %s were changed that were not logged".formatted(still));
      }
    } catch (DataspaceException e) {
      throw new Beyond(e.problem());
    }
    // or else it keeps the tables from being altered
    past.execute("rollback");
  }

  @Override
  public void close() {
    // or else it is taken for somebody's transaction, for a moment, by whoever is next
    past.attempt("rollback");
    past.close();
  }
}
