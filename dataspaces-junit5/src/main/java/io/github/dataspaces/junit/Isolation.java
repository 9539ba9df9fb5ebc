package io.github.dataspaces.junit;

/** Which tests share a database. */
public enum Isolation {
  /**
   * Those of one class and its {@code @Nested} classes. Classes can run in parallel; the tests of a
   * class are run one after the other, also where JUnit is configured to run them in parallel.
   */
  CLASS,
  /**
   * None: each test has a database of its own, made of what {@code @BeforeAll} left, and removed
   * after the test. Tests can run in parallel. {@link Rollback} does not matter here. What belongs
   * to a whole class, a static field or a field of a {@code PER_CLASS} instance, cannot hold it.
   */
  METHOD,
  /**
   * All those of a run of JUnit that ask for the same dataspace with this isolation. It is made
   * once; a class begins with the state it was made in. Such classes are run one after the other,
   * also where JUnit is configured to run them in parallel. Surefire with {@code forkCount} above
   * one runs JUnit once for each class, so there it is the same as {@link #CLASS}.
   */
  SHARED
}
