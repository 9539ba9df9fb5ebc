package io.github.dataspaces.prepare;

import io.github.dataspaces.config.RowLimit;
import io.github.dataspaces.prepare.TableGraph.Key;
import io.github.dataspaces.prepare.TableGraph.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Takes a sample in which nothing refers to what is not in it: the rows that are wanted and what
 * they refer to; of the tables that follow, the rows that refer to what is kept by then; and what
 * those refer to.
 */
final class Sampling {

  private final SamplePlan plan;
  private final RowMoves moves;

  Sampling(SamplePlan plan, RowMoves moves) {
    this.plan = plan;
    this.moves = moves;
  }

  void run() throws SQLException, IOException {
    for (Map.Entry<Table, RowLimit> limited : plan.limited().entrySet()) {
      moves.takeMatching(limited.getKey(), limited.getValue());
    }
    takeReferenced(plan.limited().keySet());
    for (Key key : plan.followed()) {
      moves.takeReferring(key);
    }
    dropDangling();
    for (Table table : plan.whole()) {
      moves.takeAll(table);
    }
    List<Table> all = new ArrayList<>(plan.whole());
    plan.followed().forEach(key -> all.add(key.table()));
    takeReferenced(all);
  }

  /** What rows of these tables refer to, what that refers to, and so on. */
  private void takeReferenced(Collection<Table> tables) throws SQLException, IOException {
    Deque<Table> open = new ArrayDeque<>(tables);
    while (!open.isEmpty()) {
      for (Key key : plan.keysOf(open.pop())) {
        if (moves.takeReferenced(key) > 0 && !open.contains(key.referenced())) {
          open.add(key.referenced());
        }
      }
    }
  }

  /** A row that goes may take others with it. */
  private void dropDangling() throws SQLException {
    long dropped = 1;
    while (dropped > 0) {
      dropped = 0;
      for (Key key : plan.binding()) {
        dropped += moves.dropDangling(key);
      }
    }
  }
}
