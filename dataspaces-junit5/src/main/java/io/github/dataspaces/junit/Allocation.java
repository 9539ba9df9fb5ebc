package io.github.dataspaces.junit;

import java.util.Optional;

/**
 * Which dataspace a class and its tests get, and in which state. One for each {@link Isolation}.
 */
interface Allocation {

  /** A class begins: nothing of it has run, {@code @BeforeAll} is next. */
  void enter(ClassScope scope);

  /** The dataspace that belongs to the class, for {@code @BeforeAll} and static fields. */
  LiveDataspace ofClass(ClassScope scope);

  /** The same, if it has been made. */
  Optional<LiveDataspace> existing(ClassScope scope);

  /** A test begins: nothing of it has run, its constructor is next. Returns what it uses. */
  LiveDataspace begin(TestRun test);

  /** A test has ended, whatever came of it. */
  void end(TestRun test);

  /** A class has ended. */
  void leave(ClassScope scope);
}
