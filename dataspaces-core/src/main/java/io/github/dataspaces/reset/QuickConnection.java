package io.github.dataspaces.reset;

import io.github.dataspaces.runtime.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections to PostgreSQL in less time than the driver by itself. */
final class QuickConnection {

  private static final Logger LOG = LoggerFactory.getLogger(QuickConnection.class);

  private QuickConnection() {}

  /**
   * A new connection of the owner, which the caller closes.
   *
   * @param properties more of the driver's
   */
  static Connection open(RunningDatabase server, String database, Map<String, String> properties)
      throws SQLException {
    Map<String, String> quick = new HashMap<>(StartupRedirect.to(database));
    quick.putAll(properties);
    try {
      return server.connect(database, quick);
    } catch (SQLException e) {
      // perhaps another driver, or a class loader that keeps the driver from finding the factory
      LOG.debug("No quick connection can be had", e);
      return server.connect(database, properties);
    }
  }
}
