package io.github.dataspaces.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Begins this test with a named snapshot instead of the baseline; also where {@link Rollback} would
 * not have rolled back. Needs a dataspace in scope, see {@link Dataspace}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface RollbackTo {

  /**
   * The snapshot: one that was taken with {@link DataspaceHandle#snapshot} in {@code @BeforeAll},
   * or one of the dataspace that {@link Dataspace#value} names, or {@code <dataspace>/<snapshot>}.
   * If there is none, the test fails and the message lists those there are.
   */
  String value();
}
