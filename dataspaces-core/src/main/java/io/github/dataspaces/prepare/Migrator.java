package io.github.dataspaces.prepare;

import io.github.dataspaces.runtime.RunningDatabase;
import java.util.List;

/** A preparer that applies those migrations that a database does not have yet. */
public interface Migrator extends Preparer {

  /**
   * What was done.
   *
   * @param tool who did it, for example {@code Flyway 13.12.0}
   * @param applied the migrations that were applied, in order; empty where the tool does not tell
   * @param counted whether the tool tells
   */
  record Report(String tool, List<String> applied, boolean counted) {}

  /**
   * Applies them.
   *
   * @throws io.github.dataspaces.config.DataspaceException naming the migration that failed and why
   */
  Report migrate(RunningDatabase database);

  @Override
  default void prepare(RunningDatabase database) {
    migrate(database);
  }
}
