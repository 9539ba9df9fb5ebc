package io.github.dataspaces.snapshot;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.home.Entry;
import io.github.dataspaces.home.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The snapshots on the disk. Listing needs no lock; whoever changes something holds the
 * dataspace's.
 */
public final class SnapshotCatalogue {

  private final Home home;

  /** The catalogue of a home. */
  public SnapshotCatalogue(Home home) {
    this.home = home;
  }

  /** The place of a snapshot, whether or not it is there. */
  public Entry<Snapshot> entry(SnapshotReference reference) {
    return new Entry<>(home.snapshot(reference), Snapshot.class);
  }

  /**
   * Removes what is left of a snapshot whose files are gone, and with the last one its dataspace's
   * folder.
   */
  public void remove(Entry<Snapshot> entry) {
    entry.remove();
    Path folder = entry.folder().getParent();
    if (folder.toFile().isDirectory() && Home.namesIn(folder).isEmpty()) {
      // fails, and may, where somebody put something else there
      folder.toFile().delete();
    }
  }

  /** The names of a dataspace's snapshots, damaged ones included. */
  public List<String> names(String dataspace) {
    return Home.namesIn(home.snapshots(dataspace)).stream()
        .filter(name -> entry(new SnapshotReference(dataspace, name)).exists())
        .toList();
  }

  /** The dataspaces that have snapshots, whether or not they still exist themselves. */
  public List<String> dataspaces() {
    return Home.namesIn(home.snapshots()).stream().filter(name -> !names(name).isEmpty()).toList();
  }

  /**
   * A snapshot that has to be there.
   *
   * @throws DataspaceException {@link Reason#NOT_FOUND} naming those there are
   */
  public Snapshot get(SnapshotReference reference) {
    return entry(reference).read().orElseThrow(() -> missing(reference));
  }

  /**
   * Fails if a snapshot is not there, and does not mind a damaged one.
   *
   * @throws DataspaceException {@link Reason#NOT_FOUND} naming those there are
   */
  public void require(SnapshotReference reference) {
    if (!entry(reference).exists()) {
      throw missing(reference);
    }
  }

  private DataspaceException missing(SnapshotReference reference) {
    List<String> names = names(reference.dataspace());
    String there =
        names.isEmpty()
            ? "It has none."
            : names.stream().collect(Collectors.joining(", ", "It has: ", "."));
    return new DataspaceException(
        Reason.NOT_FOUND,
        "Dataspace '%s' has no snapshot '%s'."
            .formatted(reference.dataspace(), reference.snapshot()),
        "%s Take one with: mvn dataspaces:snapshot -Ddataspaces.name=%s -Ddataspaces.snapshot=%s"
            .formatted(there, reference.dataspace(), reference.snapshot()));
  }
}
