package io.github.dataspaces.junit;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Tells JUnit's scheduler which tests must not run at the same time, so that a parallel run is safe
 * without the user's doing. JUnit runs everything below a locked class in one thread.
 */
final class DataspaceLocks implements ResourceLocksProvider {

  private static final String PREFIX = "io.github.dataspaces:";

  /** What all classes are that are run several times, such as parameterized ones. */
  private static final String CLASS_TEMPLATE = "org.junit.jupiter.api.ClassTemplate";

  /** These run no class template that has a lock (JUnit's issue 5155). */
  private static final Pattern WITHOUT_LOCKED_TEMPLATES =
      Pattern.compile("5\\.13\\..*|5\\.14\\.[01]|6\\.0\\.[01]");

  @Override
  public Set<Lock> provideForClass(Class<?> testClass) {
    return AnnotationSupport.findAnnotation(testClass, Dataspace.class)
        .filter(annotation -> mayBeLocked(testClass))
        .map(annotation -> locks(annotation.isolation(), testClass))
        .orElse(Set.of());
  }

  @Override
  public Set<Lock> provideForNestedClass(List<Class<?>> enclosing, Class<?> testClass) {
    return provideForClass(testClass);
  }

  /** Where it may not, its tests still cannot run at once: the second is told so. */
  private static boolean mayBeLocked(Class<?> testClass) {
    String version = ResourceLocksProvider.class.getPackage().getImplementationVersion();
    return version == null
        || !WITHOUT_LOCKED_TEMPLATES.matcher(version).matches()
        || !isTemplate(testClass);
  }

  private static boolean isTemplate(Class<?> testClass) {
    Optional<Class<?>> template =
        ReflectionSupport.tryToLoadClass(CLASS_TEMPLATE, testClass.getClassLoader()).toOptional();
    return template
        .map(type -> type.asSubclass(Annotation.class))
        .filter(type -> AnnotationSupport.isAnnotated(testClass, type))
        .isPresent();
  }

  private static Set<Lock> locks(Isolation isolation, Class<?> testClass) {
    return switch (isolation) {
      case CLASS -> Set.of(new Lock(PREFIX + testClass.getName()));
      case SHARED -> Set.of(new Lock(PREFIX + isolation));
      case METHOD -> Set.of();
    };
  }
}
