package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.PostgreSql;
import io.github.dataspaces.testkit.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 16: what is written down is read back by those it is written for. */
class ConnectionFormatTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "it's",
        "say \"x\"",
        "$HOME ${HOME} $(id) `id`",
        "back\\slash\\",
        " blanks around ",
        "=:#!%&*?[]{}()<>|;~",
        "pässwörd€😀",
        "'\"'\"'",
        "it's `id` $HOME \\\"",
        "#begin",
        "-n",
        "100%d"
      })
  void aPasswordComesBackAsItWas(String password) throws Exception {
    ConnectionInfo connection = connection(password);
    assertThat(sourced(ConnectionFormat.SHELL.render(connection)))
        .isEqualTo(new TreeMap<>(connection.environment()));
    assertThat(sourced(ConnectionFormat.DOTENV.render(connection)))
        .isEqualTo(new TreeMap<>(connection.environment()));

    String properties = ConnectionFormat.PROPERTIES.render(connection);
    assertThat(fromCharacters(properties)).isEqualTo(connection.properties("dataspaces."));
    assertThat(fromLatin1(properties)).isEqualTo(connection.properties("dataspaces."));

    Map<String, String> spring = fromLatin1(ConnectionFormat.SPRING.render(connection));
    assertThat(spring)
        .containsEntry("spring.datasource.url", connection.jdbcUrl())
        .containsEntry("spring.datasource.username", "keeper")
        .containsEntry("spring.datasource.password", password);

    JsonNode json = new ObjectMapper().readTree(ConnectionFormat.JSON.render(connection));
    assertThat(json.get("password").asText()).isEqualTo(password);
    assertThat(json.get("port").isInt()).isTrue();
    assertThat(json.get("url").asText()).isEqualTo(connection.jdbcUrl());
    assertThat(json.get("uri").asText()).isEqualTo(connection.uri());
  }

  @Test
  void everyTextEndsWithALineBreak() {
    for (ConnectionFormat format : ConnectionFormat.values()) {
      assertThat(format.render(connection("x"))).endsWith("\n").doesNotEndWith("\n\n");
    }
  }

  @Test
  void formatsAreReadInAnyCaseAndListedWhenUnknown() {
    assertThat(ConnectionFormat.parse(" DotEnv ")).isEqualTo(ConnectionFormat.DOTENV);
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> ConnectionFormat.parse("yaml"))
        .withMessage(
            "There is no format 'yaml'. Use one of: shell, dotenv, properties, json, spring.");
  }

  @Test
  void theUriIsOne() {
    String password = "p@ss:w/rd?#%ä";
    URI uri =
        URI.create(
            new PostgreSql()
                .uri(
                    new Address("127.0.0.1", 5433, new Credentials("my$db", "k-eeper", password))));
    assertThat(uri.getHost()).isEqualTo("127.0.0.1");
    assertThat(uri.getPort()).isEqualTo(5433);
    assertThat(URLDecoder.decode(uri.getRawUserInfo().split(":")[1], StandardCharsets.UTF_8))
        .isEqualTo(password);
    assertThat(uri.getPath()).isEqualTo("/my$db");
  }

  private static ConnectionInfo connection(String password) {
    return new ConnectionInfo(
        "jdbc:postgresql://127.0.0.1:5433/shop",
        "127.0.0.1",
        5433,
        "shop",
        "keeper",
        password,
        "postgresql://keeper:x@127.0.0.1:5433/shop",
        Map.of("PGHOST", "127.0.0.1", "PGPASSWORD", password));
  }

  /** What a shell has in its environment after reading the file. */
  private Map<String, String> sourced(String text) throws IOException {
    Path file = folder.resolve("env");
    Files.writeString(file, text);
    String output =
        Command.output(
            "env",
            "-i",
            "PATH=/usr/bin:/bin",
            "sh",
            "-c",
            "set -a; . \"$1\"; env -0",
            "sh",
            file.toString());
    return Arrays.stream(output.split("\0"))
        .filter(line -> !line.matches("(?s)(PATH|PWD|OLDPWD|SHLVL|_)=.*"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1),
                (a, b) -> b,
                TreeMap::new));
  }

  private static Map<String, String> fromCharacters(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    return strings(properties);
  }

  /** As Spring and {@code Properties.load(InputStream)} read a file. */
  private static Map<String, String> fromLatin1(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return strings(properties);
  }

  private static Map<String, String> strings(Properties properties) {
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }
}
