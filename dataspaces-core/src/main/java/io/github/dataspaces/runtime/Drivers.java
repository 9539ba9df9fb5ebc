package io.github.dataspaces.runtime;

import java.lang.ref.SoftReference;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * JDBC drivers of the class path. Found without DriverManager, which sees only the drivers of its
 * caller's class loader, loads them all, and keeps them for good. Thread-safe.
 */
public final class Drivers {

  /** Looking through a class path takes longer than connecting; class loaders are let go of. */
  private static final Map<ClassLoader, SoftReference<Map<String, Driver>>> KNOWN =
      new WeakHashMap<>();

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
    List<ClassLoader> loaders =
        Stream.of(Thread.currentThread().getContextClassLoader(), Drivers.class.getClassLoader())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return urls.stream()
        .flatMap(url -> loaders.stream().flatMap(loader -> find(loader, url).stream()))
        .findFirst();
  }

  private static Optional<Reachable> find(ClassLoader loader, String url) {
    Map<String, Driver> known = known(loader);
    String engine = engine(url);
    return Optional.ofNullable(known.get(engine))
        .filter(driver -> accepts(driver, url))
        .or(() -> search(loader, url, engine))
        .map(
            driver -> {
              known.put(engine, driver);
              return new Reachable(url, driver);
            });
  }

  private static synchronized Map<String, Driver> known(ClassLoader loader) {
    SoftReference<Map<String, Driver>> reference = KNOWN.get(loader);
    Map<String, Driver> known = reference == null ? null : reference.get();
    if (known == null) {
      known = new ConcurrentHashMap<>();
      KNOWN.put(loader, new SoftReference<>(known));
    }
    return known;
  }

  /** Asks those first that are called as the engine: others may take long to load. */
  private static Optional<Driver> search(ClassLoader loader, String url, String engine) {
    return ServiceLoader.load(Driver.class, loader).stream()
        .sorted(Comparator.comparing(provider -> !provider.type().getName().contains(engine)))
        .map(ServiceLoader.Provider::get)
        .filter(driver -> accepts(driver, url))
        .findFirst();
  }

  /** What is between {@code jdbc:} and the next colon. */
  private static String engine(String url) {
    String[] parts = url.split(":", 3);
    return parts.length < 3 ? url : parts[1];
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException e) {
      return false;
    }
  }
}
