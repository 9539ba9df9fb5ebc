package io.github.dataspaces.reset;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A database that waits to take another's place.
 *
 * @param name what it is called until then
 * @param connection one to it, opened ahead; empty if that is not to be had
 */
record Clone(String name, CompletableFuture<Optional<Connection>> connection) {

  private static final int PATIENCE_SECONDS = 1;

  static Clone withoutConnection(String name) {
    return new Clone(name, CompletableFuture.completedFuture(Optional.empty()));
  }

  /**
   * The connection, for whoever closes it: one that is being opened is there sooner than another.
   */
  Optional<Connection> awaitConnection() {
    try {
      return connection.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // whoever needs one opens it, and hears why that fails
    }
    disconnect();
    return Optional.empty();
  }

  /** Has the connection closed that nobody will ask for. */
  void disconnect() {
    connection.thenAccept(opened -> opened.ifPresent(Clone::close));
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // the server has ended it
    }
  }
}
