package io.github.dataspaces.reset.mysql;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How far the sequences of a server have got, which only MariaDB has. */
record SequenceValues(Map<TableName, List<String>> rows) {

  private static final String ALL =
      "select table_schema, table_name from information_schema.tables where table_type = 'SEQUENCE'";

  /**
   * Of all of them. The server forgets which values it has reserved, as it does when it is stopped:
   * nothing shows that one of those is taken, but reserving others is logged.
   */
  static SequenceValues of(AdminSession admin) {
    List<TableName> all =
        admin.query(ALL).stream().map(row -> new TableName(row.get(0), row.get(1))).toList();
    all.forEach(sequence -> admin.execute("flush local tables " + sequence.quoted()));
    return new SequenceValues(
        all.stream()
            .collect(Collectors.toMap(sequence -> sequence, sequence -> row(admin, sequence))));
  }

  private static List<String> row(AdminSession admin, TableName sequence) {
    return admin.query("select * from " + sequence.quoted()).get(0);
  }

  /** The sequences that have got elsewhere there. */
  Set<TableName> differences(SequenceValues other) {
    Set<TableName> differences = new HashSet<>(rows.keySet());
    differences.removeIf(sequence -> rows.get(sequence).equals(other.rows.get(sequence)));
    return differences;
  }

  /**
   * Puts them back, or on, where somebody may have taken values.
   *
   * @throws Beyond if one cannot be told all that it was
   */
  void restore(AdminSession admin, Collection<TableName> written) {
    for (TableName sequence : rows.keySet()) {
      List<String> before = rows.get(sequence);
      if (written.contains(sequence)) {
        admin.attempt(
            "alter sequence %s restart with %s".formatted(sequence.quoted(), before.get(0)));
        if (!row(admin, sequence).equals(before)) {
          throw new Beyond("the sequence %s was used up, or has begun again".formatted(sequence));
        }
      }
    }
  }
}
