package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.runtime.LocalPort;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds free TCP ports. They are taken from below the range that systems use for outgoing
 * connections, or a stopped dataspace could find its port in use by a browser.
 */
final class Ports {

  /** Guards the choice of a port until it is noted down. No dataspace's name begins with a dot. */
  static final String LOCK = ".ports";

  private static final Logger LOG = LoggerFactory.getLogger(Ports.class);

  private static final String ANOTHER_PORT =
      "End that program, or choose another port: -Ddataspaces.port=0 takes a free one.";

  private static final String IN_USE = "address already in use";

  private static final int LOWEST = 20_000;
  private static final int COUNT = 10_000;

  /**
   * Ports are gone through in turn, so that none comes back soon: other homes do not know which
   * ports the stopped dataspaces of this one are to have again.
   */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Ports() {}

  /** A free port that is not among {@code taken}. */
  static int free(Set<Integer> taken) {
    for (int i = 0; i < COUNT; i++) {
      int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (!taken.contains(port) && LocalPort.isFree(port)) {
        return port;
      }
    }
    throw new DataspaceException(
        Reason.INFRASTRUCTURE,
        "No TCP port from %d to %d is free.".formatted(LOWEST, LOWEST + COUNT - 1),
        "Destroy dataspaces that are not needed, or name a port.");
  }

  /**
   * @throws DataspaceException {@link Reason#WRONG_STATE} if something else listens on it
   */
  static void requireFree(String dataspace, int port) {
    if (!LocalPort.isFree(port)) {
      throw taken(dataspace, port, null);
    }
  }

  /**
   * Runs what starts a server on a free port, once more if the port is another program's by then.
   */
  static <T> T tryTwice(Supplier<T> start) {
    try {
      return start.get();
    } catch (DataspaceException e) {
      // an engine that is down, for one, would be down again
      if (!e.remedy().equals(ANOTHER_PORT)) {
        throw e;
      }
      LOG.debug("Another port is chosen", e);
      return start.get();
    }
  }

  /**
   * Why a new server, which has been ended, could not be started: if its port is in use now, it is
   * by another program, which may even have answered in its place; and if the server says that it
   * was, that may have ended meanwhile.
   */
  static RuntimeException explain(String server, int port, RuntimeException failure) {
    boolean was = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains(IN_USE);
    return was || !LocalPort.isFree(port) ? taken(server, port, failure) : failure;
  }

  private static DataspaceException taken(String server, int port, @Nullable Throwable cause) {
    return new DataspaceException(
        Reason.WRONG_STATE,
        "Port %d, which dataspace '%s' is to have, is in use by another program."
            .formatted(port, server),
        ANOTHER_PORT,
        cause);
  }
}
