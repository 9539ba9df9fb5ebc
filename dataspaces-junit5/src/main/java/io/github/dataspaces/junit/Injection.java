package io.github.dataspaces.junit;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** What parameters and fields are given, and which of them. */
final class Injection {

  private Injection() {}

  /**
   * Whether a parameter is ours to fill. One with an annotation may be another extension's, except
   * where nobody else could fill it.
   */
  static boolean claims(Parameter parameter) {
    Class<?> type = parameter.getType();
    return type == DataspaceHandle.class
        || (type == DataSource.class || type == Connection.class)
            && parameter.getAnnotations().length == 0;
  }

  /** What a parameter or a field of that type gets; connections are another matter. */
  static Object value(Class<?> type, LiveDataspace dataspace) {
    return type == DataSource.class ? dataspace.dataSource() : new DataspaceHandle(dataspace);
  }

  /** Fills fields of the class. Run what is returned once the class has ended. */
  static Runnable fillStatic(Class<?> testClass, Supplier<LiveDataspace> dataspace) {
    List<Runnable> undo = new ArrayList<>();
    for (Field field : fields(testClass, true)) {
      if (field.getType() != Connection.class && fillStatic(field, dataspace)) {
        undo.add(() -> set(field, null, null));
      }
    }
    return () -> undo.forEach(Runnable::run);
  }

  private static boolean fillStatic(Field field, Supplier<LiveDataspace> dataspace) {
    // classes that run in parallel can have one superclass
    synchronized (field.getDeclaringClass()) {
      Optional<Object> value = get(field, null);
      if (value.filter(other -> isOfAnother(other, dataspace)).isPresent()) {
        throw new DataspaceException(
            Reason.WRONG_STATE,
            "The static field %s is in use by another class that runs at the same time."
                .formatted(field),
            "Make it an instance field, or take a parameter.");
      }
      if (value.isEmpty()) {
        set(field, null, value(field.getType(), dataspace.get()));
      }
      return value.isEmpty();
    }
  }

  /** Fills fields of an instance with what lasts longer than a test. */
  static void fill(Object instance, Supplier<LiveDataspace> dataspace) {
    for (Field field : fields(instance.getClass(), false)) {
      if (field.getType() != Connection.class && get(field, instance).isEmpty()) {
        set(field, instance, value(field.getType(), dataspace.get()));
      }
    }
  }

  /**
   * Fills fields of an instance with the test's connection. Run what is returned after the test.
   */
  static Runnable fillConnections(Object instance, Supplier<Connection> connection) {
    List<Runnable> undo = new ArrayList<>();
    for (Field field : fields(instance.getClass(), false)) {
      if (field.getType() == Connection.class && get(field, instance).isEmpty()) {
        set(field, instance, connection.get());
        undo.add(() -> set(field, instance, null));
      }
    }
    return () -> undo.forEach(Runnable::run);
  }

  private static boolean isOfAnother(Object value, Supplier<LiveDataspace> dataspace) {
    return value instanceof Pool && value != dataspace.get().dataSource()
        || value instanceof DataspaceHandle handle
            && handle.dataSource() != dataspace.get().dataSource();
  }

  private static List<Field> fields(Class<?> type, boolean isStatic) {
    return ReflectionSupport.findFields(
        type,
        field ->
            Modifier.isStatic(field.getModifiers()) == isStatic
                && !Modifier.isFinal(field.getModifiers())
                && field.getAnnotations().length == 0
                && List.of(DataSource.class, Connection.class, DataspaceHandle.class)
                    .contains(field.getType()),
        HierarchyTraversalMode.TOP_DOWN);
  }

  private static Optional<Object> get(Field field, @Nullable Object instance) {
    try {
      field.setAccessible(true);
      return Optional.ofNullable(field.get(instance));
    } catch (IllegalAccessException | InaccessibleObjectException e) {
      throw inaccessible(field, e);
    }
  }

  private static void set(Field field, @Nullable Object instance, @Nullable Object value) {
    try {
      field.setAccessible(true);
      field.set(instance, value);
    } catch (IllegalAccessException | InaccessibleObjectException e) {
      throw inaccessible(field, e);
    }
  }

  private static DataspaceException inaccessible(Field field, Exception cause) {
    return new DataspaceException(
        Reason.INVALID,
        "The field %s cannot be set.".formatted(field),
        "Take a parameter instead, or open the package to JUnit and this extension.",
        cause);
  }
}
