package io.github.dataspaces.junit;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * One test, from before its constructor until after everything else. Used by one thread at a time.
 */
final class TestRun implements StoreEntry {

  private final ClassScope scope;
  private final String label;
  private final Method method;
  private final LiveDataspace dataspace;
  private boolean kept;

  TestRun(ClassScope scope, ExtensionContext context) {
    this.scope = scope;
    this.method = context.getRequiredTestMethod();
    this.label = label(context, method);
    this.dataspace = scope.allocation().begin(this);
  }

  private static String label(ExtensionContext context, Method method) {
    String plain = context.getRequiredTestClass().getSimpleName() + "." + method.getName() + "()";
    boolean said = context.getDisplayName().startsWith(method.getName() + "(");
    return said ? plain : plain + " \"" + context.getDisplayName() + "\"";
  }

  ClassScope scope() {
    return scope;
  }

  /** For people, for example {@code OrdersTest.placesAnOrder()}. */
  String label() {
    return label;
  }

  /** The snapshot it begins with, if it names one. */
  Optional<String> rollbackTo() {
    return AnnotationSupport.findAnnotation(method, RollbackTo.class).map(RollbackTo::value);
  }

  LiveDataspace dataspace() {
    return dataspace;
  }

  /** True once: whether its database is still to be kept. */
  boolean keep() {
    boolean first = !kept;
    kept = true;
    return first;
  }

  @Override
  public void close() {
    scope.allocation().end(this);
  }
}
