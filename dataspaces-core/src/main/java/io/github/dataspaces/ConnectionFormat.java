package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** The ways to write down how to connect. Each contains the password: that is what it is for. */
public enum ConnectionFormat {
  /** {@code export NAME='value'} lines for a POSIX shell. */
  SHELL {
    @Override
    public String render(ConnectionInfo connection) {
      return lines(
          connection.environment(),
          (name, value) -> "export %s='%s'".formatted(name, value.replace("'", "'\\''")));
    }
  },
  /** {@code NAME='value'} lines, as every reader of {@code .env} files takes them literally. */
  DOTENV {
    @Override
    public String render(ConnectionInfo connection) {
      return lines(connection.environment(), (name, value) -> name + "=" + quoted(value));
    }

    private String quoted(String value) {
      return value.contains("'")
          ? "\"" + value.replaceAll("([\\\\\"$`])", "\\\\$1") + "\""
          : "'" + value + "'";
    }
  },
  /** Java properties {@code dataspaces.url}, {@code dataspaces.username}, … */
  PROPERTIES {
    @Override
    public String render(ConnectionInfo connection) {
      return lines(connection.properties("dataspaces."), ConnectionFormat::property);
    }
  },
  /** One JSON object. */
  JSON {
    @Override
    public String render(ConnectionInfo connection) {
      Map<String, String> members = new LinkedHashMap<>(connection.properties(""));
      members.put("uri", connection.uri());
      return members.entrySet().stream()
          .map(member -> member(member.getKey(), member.getValue()))
          .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    private String member(String name, String value) {
      return "  \"%s\": %s".formatted(name, name.equals("port") ? value : quoted(value));
    }

    private String quoted(String value) {
      return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
  },
  /** Spring Boot's data source properties. */
  SPRING {
    @Override
    public String render(ConnectionInfo connection) {
      Map<String, String> properties = new LinkedHashMap<>();
      properties.put("spring.datasource.url", connection.jdbcUrl());
      properties.put("spring.datasource.username", connection.username());
      properties.put("spring.datasource.password", connection.password());
      return lines(properties, ConnectionFormat::property);
    }
  };

  /**
   * @throws DataspaceException {@link Reason#INVALID} listing the formats there are
   */
  public static ConnectionFormat parse(String text) {
    return Arrays.stream(values())
        .filter(format -> format.name().equalsIgnoreCase(text.trim()))
        .findFirst()
        .orElseThrow(
            () ->
                new DataspaceException(
                    Reason.INVALID,
                    "There is no format '%s'.".formatted(text),
                    "Use one of: %s."
                        .formatted(
                            Arrays.stream(values())
                                .map(format -> format.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
  }

  /** The text, ending with a line break. */
  public abstract String render(ConnectionInfo connection);

  private static String lines(Map<String, String> values, BinaryOperator<String> line) {
    return values.entrySet().stream()
        .map(entry -> line.apply(entry.getKey(), entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  /** As java.util.Properties reads it, from characters or from Latin-1 bytes. */
  private static String property(String name, String value) {
    StringBuilder escaped = new StringBuilder();
    for (char c : value.replace("\\", "\\\\").toCharArray()) {
      escaped.append(c > '~' ? "\\u" + HexFormat.of().toHexDigits(c) : c);
    }
    return name + "=" + (value.startsWith(" ") ? "\\" : "") + escaped;
  }
}
