package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.LiveSource;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.SourceRecipe;
import io.github.dataspaces.runtime.Drivers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Connects to a database that is read and never written. */
final class SourceSession {

  private SourceSession() {}

  /**
   * One transaction, which sees all as it was when it began. The caller closes it.
   *
   * @param flavour what the source has to be of
   */
  static ScriptSession open(LiveSource source, Flavour flavour) {
    SourceRecipe recipe = flavour.source();
    if (!recipe.schemes().contains(source.scheme())) {
      throw another(source, flavour);
    }
    Drivers.Reachable reachable =
        Drivers.first(recipe.urls(source))
            .orElseThrow(
                () ->
                    new DataspaceException(
                        Reason.NOT_FOUND,
                        "There is no JDBC driver for %s on the class path.".formatted(source),
                        "Add %s to the project's dependencies."
                            .formatted(flavour.driverArtifact())));
    try {
      Properties properties = new Properties();
      properties.setProperty("user", source.username());
      properties.setProperty("password", source.password());
      return begin(reachable.connect(properties), source, flavour);
    } catch (SQLException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "The source %s cannot be read: %s".formatted(source, e.getMessage()),
          "Check its URL, sourceUsername, and sourcePassword, which is best said as DATASPACES_SOURCE_PASSWORD.",
          e);
    }
  }

  private static ScriptSession begin(Connection connection, LiveSource source, Flavour flavour)
      throws SQLException {
    try {
      Credentials reader = new Credentials(source.database(), source.username(), source.password());
      ScriptSession session = ScriptSession.on(connection, flavour, reader);
      session.executeAll(flavour.source().begin());
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      if (!flavour.source().isOwn(session.rows("select version()").get(0).get(0))) {
        throw another(source, flavour);
      }
      return session;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static DataspaceException another(LiveSource source, Flavour flavour) {
    return new DataspaceException(
        Reason.INCOMPATIBLE,
        "The source %s is of another engine, and this dataspace is %s."
            .formatted(source, flavour.name()),
        "Import it into a dataspace of that flavour; nothing of it was kept.");
  }
}
