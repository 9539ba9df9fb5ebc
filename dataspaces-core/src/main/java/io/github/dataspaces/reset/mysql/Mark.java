package io.github.dataspaces.reset.mysql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A state that can be gone back to. Two are the same only if they are one object.
 *
 * @param before the state that it followed; null where more lies between than rows
 * @param since the rows that were written since that one, in that order
 * @param numbers those that it goes on with
 */
record Mark(@Nullable Mark before, List<RowEvent> since, Numbers numbers) {

  /** What leads from one to another: rows that are taken back, and then rows that are written. */
  record Way(List<RowEvent> back, List<RowEvent> forth) {

    /** Those whose rows change on it. */
    Set<TableName> tables() {
      Set<TableName> tables = new HashSet<>();
      Stream.of(back, forth).flatMap(List::stream).forEach(event -> tables.add(event.table()));
      return tables;
    }
  }

  /** How to go there, if rows are all that lies between. */
  Optional<Way> to(Mark target) {
    List<Mark> own = line();
    List<Mark> others = target.line();
    int common = 0;
    while (common < Math.min(own.size(), others.size()) && own.get(common) == others.get(common)) {
      common++;
    }
    return common == 0
        ? Optional.empty()
        : Optional.of(
            new Way(
                written(own.subList(common, own.size())),
                written(others.subList(common, others.size()))));
  }

  /** From the first state that it came from to itself. */
  private List<Mark> line() {
    List<Mark> line = new ArrayList<>();
    for (Mark mark = this; mark != null; mark = mark.before) {
      line.add(0, mark);
    }
    return line;
  }

  private static List<RowEvent> written(List<Mark> marks) {
    return marks.stream().flatMap(mark -> mark.since.stream()).toList();
  }
}
