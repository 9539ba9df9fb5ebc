package io.github.dataspaces.runtime;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.Flavour;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A server that answers queries, and how to reach it.
 *
 * @param flavour its engine
 * @param address where it is
 */
public record RunningDatabase(Flavour flavour, Address address) {

  /** The JDBC URL, without credentials. */
  public String jdbcUrl() {
    return flavour.jdbcUrl(address.host(), address.port(), address.credentials().database());
  }

  /** A new connection of the owner; the caller closes it. */
  public Connection connect() throws SQLException {
    return connect(address.credentials().database());
  }

  /** A new connection of the owner to another database of the server; the caller closes it. */
  public Connection connect(String database) throws SQLException {
    String url = flavour.jdbcUrl(address.host(), address.port(), database);
    Properties properties = new Properties();
    properties.putAll(flavour.driverProperties());
    properties.setProperty("user", address.credentials().username());
    properties.setProperty("password", address.credentials().password());
    Connection connection = driver(url).connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver refused " + url);
    }
    return connection;
  }

  /**
   * Runs statements, one by one, as the owner.
   *
   * @throws DataspaceException naming the statement's error, never its text, which may hold a
   *     password
   */
  public void execute(String database, List<String> statements) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The server refused a statement: %s.".formatted(e.getMessage()),
          "",
          e);
    }
  }

  /** The first column of a query's result. */
  public List<String> strings(String query) {
    List<String> values = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        values.add(result.getString(1));
      }
      return List.copyOf(values);
    } catch (SQLException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The server refused a query: %s.".formatted(e.getMessage()),
          "",
          e);
    }
  }

  /** The server's own version. */
  public String version() {
    return strings(flavour.versionQuery()).get(0);
  }

  /**
   * The driver for a URL. Found without DriverManager, which sees only the drivers of its caller's
   * class loader and keeps them for good.
   */
  private Driver driver(String url) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return Stream.of(context, RunningDatabase.class.getClassLoader())
        .filter(java.util.Objects::nonNull)
        .flatMap(loader -> ServiceLoader.load(Driver.class, loader).stream())
        .map(ServiceLoader.Provider::get)
        .filter(driver -> accepts(driver, url))
        .findFirst()
        .orElseThrow(
            () ->
                new DataspaceException(
                    Reason.NOT_FOUND,
                    "There is no JDBC driver for %s on the class path.".formatted(flavour.name()),
                    "Add %s to the project's dependencies.".formatted(flavour.driverArtifact())));
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException e) {
      return false;
    }
  }
}
