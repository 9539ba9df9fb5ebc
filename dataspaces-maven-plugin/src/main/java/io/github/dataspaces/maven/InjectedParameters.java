package io.github.dataspaces.maven;

import io.github.dataspaces.config.Settings;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The layer of settings that Maven has injected into a goal's fields, from the pom's {@code
 * <configuration>} or from its properties. No parameter has a default in its annotation: a field
 * that is null was not said.
 */
final class InjectedParameters implements Settings.Layer {

  private final Map<String, String> values = new HashMap<>();

  /**
   * @param exported what {@code export-properties} has set in this build: Maven injects that too,
   *     although nobody said it
   */
  InjectedParameters(Object goal, ExportedProperties exported) {
    for (Class<?> type = goal.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getType() == String.class && !Modifier.isStatic(field.getModifiers())) {
          read(field, goal)
              .filter(value -> !exported.has("dataspaces." + key(field), value))
              .ifPresent(value -> values.put(key(field), value));
        }
      }
    }
  }

  @Override
  public Optional<String> apply(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** No field can be called {@code import}: it has an underscore after it. */
  private static String key(Field field) {
    return field.getName().replaceFirst("_$", "");
  }

  private static Optional<String> read(Field field, Object goal) {
    try {
      field.setAccessible(true);
      return Optional.ofNullable((String) field.get(goal));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
