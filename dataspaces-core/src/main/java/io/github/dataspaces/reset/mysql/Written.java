package io.github.dataspaces.reset.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has been written since a server was last known to be in a state.
 *
 * @param tables all that were written, or may have been
 * @param doubtful those of which not all was logged, perhaps
 * @param unclear those of them in which not all can be taken back by the log
 * @param sure the rows that can
 */
record Written(
    Set<TableName> tables, Set<TableName> doubtful, Set<TableName> unclear, List<RowEvent> sure) {

  /**
   * What the log and the counters tell.
   *
   * @throws Beyond if that, or something else, can be taken back in no way
   */
  static Written since(Baseline last, List<Change> changes, Counters now, Tables tables) {
    List<RowEvent> events = rows(changes);
    Set<TableName> all = now.writtenSince(last.counters());
    events.forEach(event -> all.add(event.table()));
    Set<TableName> doubtful = tables.doubtfulSince(last.counters(), now, events);
    all.addAll(doubtful);
    Optional<String> objection = tables.objection(all);
    if (objection.isPresent()) {
      throw new Beyond(objection.get());
    }
    Set<TableName> sequences = tables.sequences(all);
    List<RowEvent> ofTables = without(sequences, events);
    Set<TableName> unclear = tables.unclear(ofTables);
    doubtful.removeAll(sequences);
    doubtful.addAll(unclear);
    return new Written(all, doubtful, unclear, without(unclear, ofTables));
  }

  private static List<RowEvent> rows(List<Change> changes) {
    List<RowEvent> events = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.Obstacle found) {
        throw new Beyond(found.what());
      }
      events.add(((Change.Rows) change).event());
    }
    return events;
  }

  static List<RowEvent> without(Set<TableName> tables, List<RowEvent> events) {
    return events.stream().filter(event -> !tables.contains(event.table())).toList();
  }

  /** How long the rows are. */
  long bytes() {
    return sure.stream().mapToLong(RowEvent::bytes).sum();
  }
}
