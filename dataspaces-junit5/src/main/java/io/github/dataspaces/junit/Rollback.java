package io.github.dataspaces.junit;

/** When the database goes back to its baseline: the state it was in after {@code @BeforeAll}. */
public enum Rollback {
  /** Before each test: no test sees what another has done. */
  EACH_TEST,
  /**
   * When the tests of a class begin, an outermost one or a {@code @Nested} one, and again when they
   * go on after those of a nested class: the tests of a class see what those before them have done,
   * and nothing else.
   */
  EACH_CLASS,
  /**
   * Never, except where {@link RollbackTo} or {@link DataspaceHandle#rollbackTo} asks for it. No
   * baseline is taken.
   */
  NEVER
}
