package io.github.dataspaces.runtime;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits until a server answers a query: a log line, an open port or a first connection can each
 * come from a server that is not there for good.
 */
public final class Readiness {

  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final int PAUSE_MILLISECONDS = 5;
  private static final int LOG_LINES = 25;

  /** Whether it is alive is asked that often: a container's engine takes its time to say so. */
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final BooleanSupplier alive;
  private final Supplier<List<String>> log;

  /**
   * @param alive whether the process or container is still there
   * @param log the server's log, to explain a failure
   */
  public Readiness(BooleanSupplier alive, Supplier<List<String>> log) {
    this.alive = alive;
    this.log = log;
  }

  /**
   * @param candidates the places it may be reached at; the first that answers is the one
   * @param database a database that is there
   */
  public RunningDatabase await(Server server, List<RunningDatabase> candidates, String database) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    long asked = System.nanoTime();
    String last = "it did not answer";
    while (System.nanoTime() < deadline) {
      for (RunningDatabase candidate : candidates) {
        if (!Hail.isAnswered(candidate.address(), server.flavour())) {
          continue;
        }
        try {
          candidate.connect(database).close();
          return candidate;
        } catch (SQLException e) {
          // whoever changed the password or the database by SQL has a server all the same
          if (server.flavour().isUp(e)) {
            return candidate;
          }
          last = String.valueOf(e.getMessage());
        }
      }
      if (System.nanoTime() - asked > BETWEEN.toNanos()) {
        if (!alive.getAsBoolean()) {
          throw failed(server, "it ended");
        }
        asked = System.nanoTime();
      }
      sleep(PAUSE_MILLISECONDS);
    }
    throw failed(
        server, "no query was answered within %d s: %s".formatted(LONGEST.toSeconds(), last));
  }

  private DataspaceException failed(Server server, String why) {
    List<String> lines = log.get();
    String end =
        String.join("\n  ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "The server of '%s' did not start: %s. The end of its log:\n  %s\n"
            .formatted(server.name(), why, end),
        "Port %d may be in use, or its settings or data may be at fault.".formatted(server.port()));
  }

  /** Sleeps, or ends the wait where the thread is interrupted. */
  public static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataspaceException(
          Reason.WRONG_STATE, "Interrupted while waiting for a server.", "", e);
    }
  }
}
