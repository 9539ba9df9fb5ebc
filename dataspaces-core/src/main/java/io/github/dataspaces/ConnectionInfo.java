package io.github.dataspaces;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to connect to a dataspace.
 *
 * @param jdbcUrl the JDBC URL, without credentials
 * @param host the server's host
 * @param port its TCP port
 * @param database the database
 * @param username the user
 * @param password the user's password
 * @param uri the URL that non-Java tools understand, with credentials
 * @param clientEnvironment what the engine's own tools read from their environment
 */
public record ConnectionInfo(
    String jdbcUrl,
    String host,
    int port,
    String database,
    String username,
    String password,
    String uri,
    Map<String, String> clientEnvironment) {

  /** Environment variables: those common among tools, then the engine's own. */
  public Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("DATABASE_URL", uri);
    variables.put("JDBC_URL", jdbcUrl);
    variables.put("DB_HOST", host);
    variables.put("DB_PORT", String.valueOf(port));
    variables.put("DB_NAME", database);
    variables.put("DB_USER", username);
    variables.put("DB_PASSWORD", password);
    variables.putAll(clientEnvironment);
    return variables;
  }

  /**
   * Properties {@code url}, {@code host}, {@code port}, {@code database}, {@code username}, {@code
   * password} under a prefix.
   */
  public Map<String, String> properties(String prefix) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(prefix + "url", jdbcUrl);
    properties.put(prefix + "host", host);
    properties.put(prefix + "port", String.valueOf(port));
    properties.put(prefix + "database", database);
    properties.put(prefix + "username", username);
    properties.put(prefix + "password", password);
    return properties;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "%s (user %s)".formatted(jdbcUrl, username);
  }
}
