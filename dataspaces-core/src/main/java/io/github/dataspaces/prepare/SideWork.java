package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.Statement;
import java.sql.SQLException;
import java.util.List;

/**
 * Runs statements of a dump over more connections than the dump's own. One thread hands them out.
 */
interface SideWork extends AutoCloseable {

  /**
   * Takes statements over, to be run beside others; or has all done that was taken before.
   *
   * @return whether it has taken them
   */
  boolean take(List<Statement> statements);

  /** Has all done that what comes next in the dump may depend on, and fails if any of it has. */
  void settle();

  /** Has all done. */
  void finish();

  @Override
  void close() throws SQLException;
}
