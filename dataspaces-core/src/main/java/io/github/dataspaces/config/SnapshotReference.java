package io.github.dataspaces.config;

/**
 * Names a snapshot: {@code <dataspace>/<snapshot>}.
 *
 * @param dataspace the dataspace it was taken of
 * @param snapshot its name there
 */
public record SnapshotReference(String dataspace, String snapshot) {

  /** Checks both names. */
  public SnapshotReference {
    Names.dataspace(dataspace);
    Names.snapshot(snapshot);
  }

  /**
   * Reads {@code <dataspace>/<snapshot>}, or {@code <snapshot>} alone.
   *
   * @param dataspace the dataspace that a lone name belongs to
   */
  public static SnapshotReference parse(String text, String dataspace) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new SnapshotReference(dataspace, text)
        : new SnapshotReference(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return dataspace + "/" + snapshot;
  }
}
