package io.github.dataspaces.dump;

/** What sort of dump it is. */
public enum DumpKind {
  /** SQL as text. */
  SCRIPT,
  /** {@code pg_dump --format=custom}. */
  CUSTOM,
  /** {@code pg_dump --format=tar}. */
  TAR,
  /** {@code pg_dump --format=directory}. */
  DIRECTORY;

  /** Whether it is an archive with a table of contents, which only {@code pg_dump} makes. */
  public boolean isArchive() {
    return this != SCRIPT;
  }
}
