package io.github.dataspaces.reset.mysql;

import io.github.dataspaces.runtime.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A connection for the next test, opened while rows are taken back: that takes as long. Used by one
 * thread at a time.
 */
final class SessionAhead implements AutoCloseable {

  private final RunningDatabase server;
  private @Nullable FutureTask<Connection> opening;

  SessionAhead(RunningDatabase server) {
    this.server = server;
  }

  /** Begins to open one. */
  void open() {
    close();
    FutureTask<Connection> task = new FutureTask<>(server::connect);
    opening = task;
    Thread thread = new Thread(task, "dataspaces-connection");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits until it is open, or could not be opened. */
  void await() {
    FutureTask<Connection> task = opening;
    if (task != null && connection(task).isEmpty()) {
      opening = null;
    }
  }

  /** The connection, for whoever asks first. */
  Optional<Connection> take() {
    FutureTask<Connection> task = opening;
    opening = null;
    return task == null ? Optional.empty() : connection(task);
  }

  private static Optional<Connection> connection(FutureTask<Connection> task) {
    try {
      return Optional.of(task.get());
    } catch (ExecutionException e) {
      // whoever needs one opens it, and hears why
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    take().ifPresent(SessionAhead::close);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // the server has ended it
    }
  }
}
