package io.github.dataspaces.maven;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.Locale;
import java.util.function.Supplier;

/** For whom something is printed. */
enum OutputFormat {
  /** People. */
  TEXT,
  /** Programs: everything that is known, under the names of the Java API. */
  JSON;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** The one that was asked for; text if none was. */
  static OutputFormat of(Request request) {
    String asked = request.text("outputFormat").orElse("text");
    return switch (asked.trim().toLowerCase(Locale.ROOT)) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default ->
          throw new DataspaceException(
              Reason.INVALID,
              "outputFormat: there is no format '%s'.".formatted(asked),
              "Use text or json.");
    };
  }

  /**
   * @param value what JSON tells
   * @param text what people are told
   */
  String render(Object value, Supplier<String> text) {
    try {
      return this == TEXT ? text.get() : MAPPER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
