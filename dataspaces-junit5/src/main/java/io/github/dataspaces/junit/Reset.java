package io.github.dataspaces.junit;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.SnapshotReference;

/**
 * The one place that takes and restores states between tests. What is behind it can become faster
 * without anything else here noticing; all it asks of its caller is that no connection is in use.
 */
final class Reset {

  private final io.github.dataspaces.Dataspace dataspace;

  Reset(io.github.dataspaces.Dataspace dataspace) {
    this.dataspace = dataspace;
  }

  /** Notes the state as it is. */
  void take(String snapshot) {
    dataspace.snapshot(snapshot, false);
  }

  /** Goes back, or over, to a state. The server runs when this returns, even if a test ended it. */
  void to(SnapshotReference snapshot) {
    dataspace.rollback(snapshot);
    try {
      dataspace.connection();
    } catch (DataspaceException e) {
      if (e.reason() != Reason.WRONG_STATE) {
        throw e;
      }
      dataspace.start();
    }
  }
}
