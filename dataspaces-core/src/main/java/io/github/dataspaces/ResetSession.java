package io.github.dataspaces;

import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.reset.FastReset;
import io.github.dataspaces.reset.FastResets;
import io.github.dataspaces.runtime.RunningDatabase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one dataspace back to snapshots again and again, as tests need it: without restarting the
 * server where the engine allows and nothing was changed that needs more. Exact either way: where
 * the fast way does not restore everything, every file is put back.
 *
 * <p>Used by one thread at a time, which has closed its own connections; those that are left are
 * ended.
 */
public final class ResetSession implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Dataspaces.class);

  private final Dataspace dataspace;
  private final Inspection inspection;
  private @Nullable FastReset fast;

  ResetSession(Dataspace dataspace, Services services) {
    this.dataspace = dataspace;
    this.inspection = new Inspection(services);
  }

  /** Takes a snapshot that this session can soon go back to. */
  public void take(String snapshot) {
    tidy();
    dataspace.snapshot(snapshot, false);
    mark(new SnapshotReference(dataspace.name(), snapshot));
  }

  /** Goes back, or over, to a snapshot. The server runs when this returns. */
  public void to(SnapshotReference snapshot) {
    FastReset known = fast;
    if (known != null && known.back(snapshot.toString()) != FastReset.Outcome.BEYOND) {
      return;
    }
    if (known != null) {
      LOG.info("Every file of '{}' is put back: {}", dataspace.name(), known.obstacle());
    }
    close();
    dataspace.rollback(snapshot);
    dataspace.start();
    mark(snapshot);
  }

  /** Removes what this session keeps on the server to be fast. */
  public void tidy() {
    if (fast != null) {
      fast.forget();
      fast = null;
    }
  }

  /** Lets go of the server, without tidying: for a dataspace that is about to be destroyed. */
  @Override
  public void close() {
    if (fast != null) {
      fast.close();
      fast = null;
    }
  }

  private void mark(SnapshotReference snapshot) {
    RunningDatabase server = inspection.running(dataspace.name());
    Optional<FastReset> possible = FastResets.of(server);
    possible.ifPresent(reset -> reset.mark(snapshot.toString()));
    fast = possible.orElse(null);
  }
}
