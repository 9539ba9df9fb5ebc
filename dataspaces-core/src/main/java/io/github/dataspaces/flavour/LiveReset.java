package io.github.dataspaces.flavour;

/** How a running server of an engine can be put back without restarting it. */
public enum LiveReset {
  /** By PostgreSQL's templates, of which databases are made. */
  TEMPLATES,
  /** By a binary log of rows, as MySQL and MariaDB write it. */
  ROW_LOG,
  /** Not at all: its files are put back. */
  NONE
}
