package io.github.dataspaces.reset.mysql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a server was like when it was last known to be in a state.
 *
 * @param tableIds what tells tables from others of the same name
 */
record Baseline(Mark mark, Settings settings, Set<List<String>> tableIds, Counters counters) {

  /** What it is like now. */
  static Baseline of(Mark mark, AdminSession admin, Dialect dialect) {
    return new Baseline(
        mark, Settings.of(admin, dialect), tableIds(admin, dialect), Counters.of(admin, dialect));
  }

  private static Set<List<String>> tableIds(AdminSession admin, Dialect dialect) {
    return Set.copyOf(admin.query(dialect.tablesQuery()));
  }

  /** The same server in a state of the same tables and settings. */
  Baseline at(Mark reached, Counters now) {
    return new Baseline(reached, settings, tableIds, now);
  }

  boolean areSettingsStill(AdminSession admin, Dialect dialect, Counters now) {
    return now.statementsSince(counters).isEmpty()
        || Settings.of(admin, dialect).differences(settings).isEmpty();
  }

  /**
   * Looks for what is not logged because it is temporary, or should not be.
   *
   * @throws Beyond if more than rows has changed since
   */
  void checkDefinitions(AdminSession admin, Dialect dialect, Counters now) {
    Set<String> statements = now.statementsSince(counters);
    if (statements.contains(Counters.SET)) {
      List<String> changed = Settings.of(admin, dialect).differences(settings);
      if (!changed.isEmpty()) {
        throw new Beyond(
            "the global variable %s was changed".formatted(String.join(", ", changed)));
      }
    }
    if (statements.contains(Counters.PREPARE) && !admin.query("xa recover").isEmpty()) {
      throw new Beyond("a transaction was prepared and left");
    }
    Set<String> more = new HashSet<>(statements);
    more.removeAll(Counters.SESSION_ONLY);
    if (!Counters.TABLES.containsAll(more)) {
      throw new Beyond("a test has run %s".formatted(Counters.words(more)));
    }
    if (!more.isEmpty() && !tableIds(admin, dialect).equals(tableIds)) {
      throw new Beyond("a table was created or dropped");
    }
  }
}
