package io.github.dataspaces;

import io.github.dataspaces.config.SnapshotReference;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a snapshot.
 *
 * @param dataspace the dataspace it was taken of
 * @param name its name there
 * @param flavour the engine
 * @param version the server's own version
 * @param runtime what ran the server
 * @param created when it was taken
 * @param parent the snapshot its dataspace came from last
 * @param cloner how it was made, for example {@code reflink}
 * @param size the bytes of its files
 * @param taken the bytes it really took on the disk when it was made
 * @param readable false where its manifest is damaged, so that its names are all that is known
 */
public record SnapshotInfo(
    String dataspace,
    String name,
    String flavour,
    String version,
    String runtime,
    Instant created,
    Optional<String> parent,
    String cloner,
    long size,
    long taken,
    boolean readable) {

  static SnapshotInfo unreadable(SnapshotReference reference) {
    return new SnapshotInfo(
        reference.dataspace(),
        reference.snapshot(),
        "",
        "",
        "",
        Instant.EPOCH,
        Optional.empty(),
        "",
        0,
        0,
        false);
  }
}
