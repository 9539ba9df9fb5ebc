package io.github.dataspaces.junit;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Tells JUnit's scheduler which tests must not run at the same time, so that a parallel run is safe
 * without the user's doing. JUnit runs everything below a locked class in one thread.
 */
final class DataspaceLocks implements ResourceLocksProvider {

  private static final String PREFIX = "io.github.dataspaces:";

  @Override
  public Set<Lock> provideForClass(Class<?> testClass) {
    return AnnotationSupport.findAnnotation(testClass, Dataspace.class)
        .map(annotation -> locks(annotation.isolation(), testClass))
        .orElse(Set.of());
  }

  @Override
  public Set<Lock> provideForNestedClass(List<Class<?>> enclosing, Class<?> testClass) {
    return provideForClass(testClass);
  }

  private static Set<Lock> locks(Isolation isolation, Class<?> testClass) {
    return switch (isolation) {
      case CLASS -> Set.of(new Lock(PREFIX + testClass.getName()));
      case SHARED -> Set.of(new Lock(PREFIX + isolation));
      case METHOD -> Set.of();
    };
  }
}
