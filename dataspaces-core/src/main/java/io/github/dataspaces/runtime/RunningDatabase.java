package io.github.dataspaces.runtime;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.Flavour;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A server that answers queries, and how to reach it.
 *
 * @param flavour its engine
 * @param address where it is
 */
public record RunningDatabase(Flavour flavour, Address address) {

  /** The JDBC URL, without credentials. */
  public String jdbcUrl() {
    List<String> urls = urls(address.credentials().database());
    return Drivers.first(urls).map(Drivers.Reachable::url).orElse(urls.get(0));
  }

  /** The same server for another of its users. */
  public RunningDatabase as(Credentials credentials) {
    return new RunningDatabase(flavour, new Address(address.host(), address.port(), credentials));
  }

  /** A new connection of the owner; the caller closes it. */
  public Connection connect() throws SQLException {
    return connect(address.credentials().database());
  }

  /** A new connection of the owner to another database of the server; the caller closes it. */
  public Connection connect(String database) throws SQLException {
    return connect(database, Map.of());
  }

  /** A new connection of the owner for running scripts; the caller closes it. */
  public Connection connectForScripts() throws SQLException {
    return connect(address.credentials().database(), flavour.scripts().driverProperties());
  }

  /** A new connection of the owner with more properties of the driver; the caller closes it. */
  public Connection connect(String database, Map<String, String> driverProperties)
      throws SQLException {
    Drivers.Reachable reachable = Drivers.first(urls(database)).orElseThrow(this::noDriver);
    Properties properties = new Properties();
    properties.putAll(flavour.driverProperties());
    properties.putAll(driverProperties);
    properties.setProperty("user", address.credentials().username());
    properties.setProperty("password", address.credentials().password());
    return reachable.connect(properties);
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

  private List<String> urls(String database) {
    return flavour.jdbcUrls(address.host(), address.port(), database);
  }

  private DataspaceException noDriver() {
    return new DataspaceException(
        Reason.NOT_FOUND,
        "There is no JDBC driver for %s on the class path.".formatted(flavour.name()),
        "Add %s to the project's dependencies.".formatted(flavour.driverArtifact()));
  }
}
