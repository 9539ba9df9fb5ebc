package io.github.dataspaces.prepare;

import io.github.dataspaces.runtime.RunningDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several connections at work on one import, one thread each. */
final class Sessions {

  private static final int MOST = 4;

  private final RunningDatabase database;
  private final List<String> beginning;

  /**
   * @param beginning what each begins with
   */
  Sessions(RunningDatabase database, List<String> beginning) {
    this.database = database;
    this.beginning = beginning;
  }

  /** Work for one connection. It has to end soon after {@code failed} has become true for one. */
  @FunctionalInterface
  interface Work {
    void run(ScriptSession session) throws SQLException, IOException;
  }

  /** How many are worth their while: the server's processes share the processors with us. */
  static int count() {
    return Math.max(1, Math.min(MOST, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Has that many connections do the same work at once, sharing it among them.
   *
   * @throws RuntimeException the first failure of any of them, after all have ended
   */
  void run(int count, Work work) throws IOException, SQLException {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Void>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Callable<Void> task =
            () -> {
              runOne(work);
              return null;
            };
        futures.add(threads.submit(task));
      }
      for (Future<Void> future : futures) {
        await(future);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void runOne(Work work) throws IOException, SQLException {
    try (ScriptSession session = ScriptSession.open(database)) {
      session.executeAll(beginning);
      work.run(session);
    }
  }

  private static void await(Future<Void> future) throws IOException, SQLException {
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    } catch (ExecutionException e) {
      rethrow(e.getCause());
    }
  }

  private static void rethrow(Throwable cause) throws IOException, SQLException {
    if (cause instanceof IOException e) {
      throw e;
    }
    if (cause instanceof SQLException e) {
      throw e;
    }
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    throw new IllegalStateException(cause);
  }
}
