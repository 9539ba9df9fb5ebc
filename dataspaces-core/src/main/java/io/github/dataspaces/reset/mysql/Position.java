package io.github.dataspaces.reset.mysql;

import java.util.Comparator;

/**
 * A place in the binary log.
 *
 * @param file the name of one of its files, which end with a number of as many digits
 * @param offset in bytes
 */
record Position(String file, long offset) implements Comparable<Position> {

  @Override
  public int compareTo(Position other) {
    return Comparator.comparing(Position::file)
        .thenComparingLong(Position::offset)
        .compare(this, other);
  }
}
