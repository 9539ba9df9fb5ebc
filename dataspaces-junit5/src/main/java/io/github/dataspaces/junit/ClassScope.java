package io.github.dataspaces.junit;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.Optional;

/**
 * A test class, outermost or nested, from before its {@code @BeforeAll} until after its
 * {@code @AfterAll}.
 *
 * @param extension the extension that manages it
 * @param parent the class around it, if that shares its dataspace
 * @param testClass the class
 * @param blueprint what its dataspaces are made from
 * @param allocation where they come from
 */
record ClassScope(
    DataspaceExtension extension,
    Optional<ClassScope> parent,
    Class<?> testClass,
    Blueprint blueprint,
    Allocation allocation)
    implements StoreEntry {

  String label() {
    return testClass.getSimpleName();
  }

  Rollback rollback() {
    return blueprint.options().rollback();
  }

  /**
   * The dataspace for what lasts as long as the class does.
   *
   * @throws DataspaceException {@code INVALID} where each test has its own
   */
  LiveDataspace lasting() {
    if (blueprint.options().isolation() == Isolation.METHOD) {
      throw new DataspaceException(
          Reason.INVALID,
          "%s has isolation = METHOD, so neither a static field nor the one instance of a PER_CLASS class can hold the dataspace: each test has another."
              .formatted(label()),
          "Take a parameter of the test instead.");
    }
    return allocation.ofClass(this);
  }

  @Override
  public void close() {
    allocation.leave(this);
  }
}
