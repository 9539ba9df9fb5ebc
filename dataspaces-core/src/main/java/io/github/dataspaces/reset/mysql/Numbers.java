package io.github.dataspaces.reset.mysql;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** What a server goes on counting with. */
record Numbers(AutoIncrements tables, SequenceValues sequences) {

  /** Of all tables and sequences. */
  static Numbers of(AdminSession admin) {
    return new Numbers(AutoIncrements.of(admin), SequenceValues.of(admin));
  }

  /** The tables and sequences that have others there. */
  Set<TableName> differences(Numbers other) {
    Set<TableName> differences = new HashSet<>(tables.differences(other.tables));
    differences.addAll(sequences.differences(other.sequences));
    return differences;
  }

  /**
   * Puts them back where they were, or on.
   *
   * @param written the tables and sequences that may have others now
   * @throws Beyond if that cannot be done
   */
  void restore(AdminSession admin, Collection<TableName> written) {
    tables.restore(admin, written);
    sequences.restore(admin, written);
  }
}
