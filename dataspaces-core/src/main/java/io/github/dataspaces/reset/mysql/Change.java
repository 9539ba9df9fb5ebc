package io.github.dataspaces.reset.mysql;

/** What was written, in the order in which it was. */
sealed interface Change {

  /**
   * Something that cannot be taken back.
   *
   * @param what in the user's words
   */
  record Obstacle(String what) implements Change {}

  /** Rows of one table that were inserted, updated or deleted by one statement. */
  record Rows(RowEvent event) implements Change {}
}
