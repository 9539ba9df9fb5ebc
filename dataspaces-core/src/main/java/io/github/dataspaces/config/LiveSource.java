package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A database that runs somewhere, to be read and never written. Immutable.
 *
 * @param url its JDBC URL, without user and password
 * @param username who reads it
 * @param password that user's password; never printed
 * @param version what tells one state of it from another: what was taken from it is kept as long as
 *     this is the same
 */
public record LiveSource(String url, String username, String password, String version) {

  private static final String JDBC = "jdbc:";

  /** Whether a place where something is to be imported from is a database. */
  public static boolean isMeant(String place) {
    return place.strip().startsWith(JDBC);
  }

  /**
   * Reads what was said, {@code sourceUsername}, {@code sourcePassword} and {@code sourceVersion};
   * user and password may also be in the URL.
   *
   * @throws DataspaceException {@link Reason#INVALID} for a URL of another form
   */
  public static LiveSource of(String text, Settings.Layer said) {
    URI uri = uri(text.strip());
    String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
    String rest =
        parameters(query)
            .filter(pair -> !pair.startsWith("user=") && !pair.startsWith("password="))
            .collect(Collectors.joining("&"));
    String base = text.strip().replaceFirst("\\?.*$", "");
    return new LiveSource(
        rest.isEmpty() ? base : base + "?" + rest,
        said.apply("sourceUsername").or(() -> parameter(query, "user")).orElse(""),
        said.apply("sourcePassword").or(() -> parameter(query, "password")).orElse(""),
        said.apply("sourceVersion").orElse(""));
  }

  private static URI uri(String text) {
    try {
      URI uri = URI.create(text.substring(JDBC.length()));
      boolean one = String.valueOf(uri.getPath()).matches("/[^,]+");
      if (uri.getHost() != null && uri.getUserInfo() == null && one) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below, without the text, which may hold a password
    }
    throw new DataspaceException(
        Reason.INVALID,
        "The JDBC URL of the source cannot be used.",
        "Write it as jdbc:postgresql://host:port/database, jdbc:mysql://… or jdbc:mariadb://…, and the user as sourceUsername.");
  }

  private static Stream<String> parameters(String query) {
    return Arrays.stream(query.split("&")).filter(pair -> !pair.isEmpty());
  }

  private static Optional<String> parameter(String query, String name) {
    return parameters(query)
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
        .findFirst();
  }

  private URI uri() {
    return uri(url);
  }

  /** Which driver it is for: {@code postgresql}, {@code mysql}, {@code mariadb}. */
  public String scheme() {
    return uri().getScheme();
  }

  /** The host's name. */
  public String host() {
    return uri().getHost();
  }

  /** The port, if it is said. */
  public Optional<Integer> port() {
    return uri().getPort() < 0 ? Optional.empty() : Optional.of(uri().getPort());
  }

  /** The database's name. */
  public String database() {
    return uri().getPath().substring(1);
  }

  /** What the URL says of something, for example {@code sslmode}. */
  public Optional<String> parameter(String name) {
    return parameter(Optional.ofNullable(uri().getRawQuery()).orElse(""), name);
  }

  /** Its URL, for people: what follows the database may be secret. */
  @Override
  public String toString() {
    return url.replaceFirst("\\?.*$", "");
  }
}
