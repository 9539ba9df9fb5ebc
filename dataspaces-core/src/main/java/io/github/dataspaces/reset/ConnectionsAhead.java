package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.runtime.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Opens connections to clones of PostgreSQL's main database before they take its place: that takes
 * longer than all the rest. Thread-safe.
 */
final class ConnectionsAhead implements AutoCloseable {

  /** What a session begins with, beside its database. */
  private static final String SETTINGS =
      """
      select md5(concat((select string_agg(s::text, ',' order by s) from pg_db_role_setting s where setdatabase = 0),
        (select string_agg(a::text, ',' order by oid) from pg_authid a)))
      """;

  /** PostgreSQL 17 and later can run a trigger at log-in, which must not be run ahead. */
  private static final String LOGIN_TRIGGERS =
      "select 1 from pg_database d where datname = ? and to_jsonb(d) ->> 'dathasloginevt' = 'true'";

  /** A test may be changing what a session begins with, now and back again. */
  private static final List<Command> LOCKED_SETTINGS =
      List.of(
          Command.of("begin"),
          Command.of("lock table pg_authid, pg_db_role_setting in share mode nowait"),
          Command.of(SETTINGS));

  private final RunningDatabase server;
  private final Background opener;

  ConnectionsAhead(RunningDatabase server, String adminDatabase) {
    this.server = server;
    this.opener =
        new Background(
            () -> AdminConnection.open(server, adminDatabase), "dataspaces-connections", 0);
  }

  /** What sessions of the main database begin with; empty if none may be opened ahead. */
  static String settings(AdminConnection admin, String main) {
    return admin.query(LOGIN_TRIGGERS, main).isEmpty() ? admin.query(SETTINGS).get(0).get(0) : "";
  }

  /**
   * Opens a connection to a clone, which tells that it is to the main database.
   *
   * @param settings what sessions of the database that it is a clone of begin with
   * @return empty if none can be had that is as one opened later would be
   */
  CompletableFuture<Optional<Connection>> open(String clone, String settings) {
    CompletableFuture<Optional<Connection>> opened = new CompletableFuture<>();
    if (settings.isEmpty()) {
      opened.complete(Optional.empty());
    } else {
      opener.later(
          admin -> {
            try {
              opened.complete(whileLocked(admin, clone, settings));
            } finally {
              opened.complete(Optional.empty());
            }
          });
    }
    return opened;
  }

  private Optional<Connection> whileLocked(AdminConnection admin, String clone, String settings) {
    try {
      return admin.queryAtOnce(LOCKED_SETTINGS, 1).get(0).get(0).get(0).equals(settings)
          ? connect(clone)
          : Optional.empty();
    } catch (DataspaceException e) {
      return Optional.empty();
    } finally {
      admin.execute("rollback");
    }
  }

  private Optional<Connection> connect(String clone) {
    try {
      return Optional.of(
          begun(
              server.connect(
                  server.address().credentials().database(), StartupRedirect.to(clone))));
    } catch (SQLException e) {
      // another driver, or a class loader that keeps the driver from finding the factory
      return Optional.empty();
    }
  }

  /** Has the server read what it reads at a session's first query. */
  private static Connection begun(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select 1");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() {
    opener.close();
  }
}
