package io.github.dataspaces.runtime;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * JDBC drivers of the class path. Found without DriverManager, which sees only the drivers of its
 * caller's class loader and keeps them for good.
 */
public final class Drivers {

  private Drivers() {}

  /**
   * A driver, and a URL that it understands.
   *
   * @param url the URL
   * @param driver the driver
   */
  public record Reachable(String url, Driver driver) {

    /** A new connection; the caller closes it. */
    public Connection connect(Properties properties) throws SQLException {
      Connection connection = driver.connect(url, properties);
      if (connection == null) {
        throw new SQLException("its driver refused its URL");
      }
      return connection;
    }
  }

  /** The first of several URLs that there is a driver for. */
  public static Optional<Reachable> first(List<String> urls) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    List<Driver> drivers =
        Stream.of(Optional.ofNullable(context), Optional.of(Drivers.class.getClassLoader()))
            .flatMap(Optional::stream)
            .flatMap(loader -> ServiceLoader.load(Driver.class, loader).stream())
            .map(ServiceLoader.Provider::get)
            .toList();
    return urls.stream()
        .flatMap(
            url ->
                drivers.stream()
                    .filter(driver -> accepts(driver, url))
                    .map(driver -> new Reachable(url, driver)))
        .findFirst();
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException e) {
      return false;
    }
  }
}
