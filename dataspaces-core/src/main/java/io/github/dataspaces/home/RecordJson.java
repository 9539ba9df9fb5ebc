package io.github.dataspaces.home;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How records are written to files: an object of its components, which are texts, numbers, truths,
 * instants, records of such, and optional ones, which are left out where they are empty.
 *
 * <p>Data binding would do the same, but takes a process that has just started longer than all else
 * that it does before its first test.
 */
final class RecordJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private RecordJson() {}

  /**
   * @param record a Java record
   */
  static byte[] write(Object record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes).useDefaultPrettyPrinter()) {
      write((Record) record, json);
    }
    return bytes.toByteArray();
  }

  private static void write(Record record, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(record, component);
      if (value instanceof Optional<?> optional) {
        value = optional.orElse(null);
      }
      if (value != null) {
        json.writeFieldName(component.getName());
        writeValue(value, json);
      }
    }
    json.writeEndObject();
  }

  private static void writeValue(Object value, JsonGenerator json) throws IOException {
    if (value instanceof Record nested) {
      write(nested, json);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else {
      json.writeString(value.toString());
    }
  }

  private static Object value(Record record, RecordComponent component) throws IOException {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IOException(e);
    }
  }

  /**
   * A record of that type. One written by a newer version may say more: what is not known is passed
   * over.
   *
   * @throws JsonParseException if that is not what the bytes are
   */
  static <T> T read(byte[] bytes, Class<T> type) throws IOException {
    try (JsonParser json = FACTORY.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(json, "not an object");
      }
      Map<String, Object> values = object(json);
      if (json.nextToken() != null) {
        throw new JsonParseException(json, "more than an object");
      }
      try {
        return make(values, type);
      } catch (ReflectiveOperationException | RuntimeException e) {
        throw new JsonParseException(json, "not a " + type.getSimpleName(), e);
      }
    }
  }

  /** What is told of a name: a map, a text, a number or a truth; arrays and nulls are not. */
  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      switch (json.nextToken()) {
        case START_OBJECT -> values.put(name, object(json));
        case VALUE_STRING -> values.put(name, json.getText());
        case VALUE_NUMBER_INT -> values.put(name, json.getLongValue());
        case VALUE_TRUE, VALUE_FALSE -> values.put(name, json.getBooleanValue());
        default -> json.skipChildren();
      }
    }
    return values;
  }

  private static <T> T make(Map<?, ?> values, Class<T> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      arguments[i] =
          argument(values.get(components[i].getName()), types[i], components[i].getGenericType());
    }
    Constructor<T> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(arguments);
  }

  private static Object argument(@Nullable Object value, Class<?> type, Type generic)
      throws ReflectiveOperationException {
    if (type == Optional.class) {
      Class<?> inner = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
      return value == null ? Optional.empty() : Optional.of(argument(value, inner, inner));
    }
    if (type == int.class && value instanceof Long number) {
      return Math.toIntExact(number);
    }
    if (type == Instant.class && value instanceof String text) {
      return Instant.parse(text);
    }
    if (type.isRecord() && value instanceof Map<?, ?> nested) {
      return make(nested, type);
    }
    boolean same =
        value instanceof String && type == String.class
            || value instanceof Long && type == long.class
            || value instanceof Boolean && type == boolean.class;
    if (value == null || !same) {
      throw new IllegalArgumentException("a %s is needed".formatted(type.getSimpleName()));
    }
    return value;
  }
}
