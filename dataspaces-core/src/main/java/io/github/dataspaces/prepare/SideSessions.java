package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.runtime.RunningDatabase;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * More connections for what changes rows, so that the server works on several statements at once.
 * Used by one thread.
 */
final class SideSessions implements AutoCloseable {

  private final List<ScriptSession> sessions = new ArrayList<>();
  private final LinkedBlockingQueue<ScriptSession> idle = new LinkedBlockingQueue<>();
  private final Deque<Future<?>> working = new ArrayDeque<>();
  private final ExecutorService threads;

  SideSessions(RunningDatabase database, int count) throws SQLException {
    threads = Executors.newFixedThreadPool(Math.max(1, count));
    try {
      for (int i = 0; i < count; i++) {
        ScriptSession session = ScriptSession.open(database);
        sessions.add(session);
        idle.add(session);
      }
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /**
   * Has a batch run soon; waits only while all are busy.
   *
   * @throws RuntimeException the failure of a batch before it
   */
  void submit(StatementBatch batch) {
    // no more is read than is being worked on: statements may be large
    while (working.size() >= sessions.size()) {
      await(working.removeFirst());
    }
    working.add(
        threads.submit(
            () -> {
              ScriptSession session = idle.take();
              try {
                batch.run(session);
                // a dump may have turned that off, and the table must be free for what comes next
                session.execute("commit");
              } finally {
                idle.add(session);
              }
              return null;
            }));
  }

  /** Waits until everything that was submitted is done. */
  void settle() {
    while (!working.isEmpty()) {
      await(working.removeFirst());
    }
  }

  /** Has all of them do what sets how later statements are understood. */
  void everywhere(Statement statement) throws SQLException {
    settle();
    for (ScriptSession session : sessions) {
      session.run(statement, false);
    }
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() throws SQLException {
    threads.shutdownNow();
    for (ScriptSession session : sessions) {
      session.close();
    }
  }
}
