package io.github.dataspaces.snapshot;

import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.home.Entry;
import java.time.Instant;
import java.util.Optional;

/**
 * A snapshot's manifest.
 *
 * @param data the number of its data folder
 * @param reference its dataspace and name
 * @param origin what its files are of
 * @param created when it was taken
 * @param parent the snapshot its dataspace came from last, as {@code dataspace/snapshot}
 * @param cloner how it was made
 * @param size the bytes of its files
 * @param taken the bytes it really took
 */
public record Snapshot(
    int data,
    SnapshotReference reference,
    Origin origin,
    Instant created,
    Optional<String> parent,
    String cloner,
    long size,
    long taken)
    implements Entry.Record {

  /** The same under another name, with its files in that data folder. */
  public Snapshot as(SnapshotReference other, int folder) {
    return new Snapshot(
        folder, other, origin, created, Optional.of(reference.toString()), cloner, size, taken);
  }
}
