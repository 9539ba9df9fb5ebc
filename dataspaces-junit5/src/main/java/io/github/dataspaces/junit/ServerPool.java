package io.github.dataspaces.junit;

import com.zaxxer.hikari.HikariDataSource;
import io.github.dataspaces.ConnectionInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server's pool, for the tests that have that server one after the other: making a pool takes as
 * long as putting a database back. What a test gets is a {@link Pool}, which ends with it.
 *
 * @param target what it is to
 * @param pooled what Hikari has of it
 * @param source what opens its connections
 */
record ServerPool(ConnectionInfo target, HikariDataSource pooled, Connections source) {

  /**
   * An application may have a pool of its own, made of the URL, which does not know that its
   * connections are ended when a test is put back. Hikari looks whether they are still good, unless
   * they were just used; here it always does.
   */
  private static final String UNTESTED = "com.zaxxer.hikari.aliveBypassWindowMs";

  static {
    System.getProperties().putIfAbsent(UNTESTED, "0");
  }

  /** For so long somebody waits for a connection. */
  static final int PATIENCE_MILLISECONDS = 15_000;

  private static final int SIZE = 10;

  private static ServerPool of(String name, ConnectionInfo target) {
    Connections source = new Connections();
    HikariDataSource pooled = new HikariDataSource();
    pooled.setPoolName(name);
    pooled.setDataSource(source);
    pooled.setMaximumPoolSize(SIZE);
    pooled.setConnectionTimeout(PATIENCE_MILLISECONDS);
    // none is made before it is asked for, so none is made while the server is away
    pooled.setMinimumIdle(0);
    pooled.setInitializationFailTimeout(-1);
    pooled.setAllowPoolSuspension(true);
    return new ServerPool(target, pooled, source);
  }

  /** Those that no test has, each without an open connection. Thread-safe. */
  static final class Idle implements AutoCloseable {

    /** A pool has threads, and its server may be gone for good. */
    private static final int MOST = 16;

    private final Map<String, ServerPool> pools = new ConcurrentHashMap<>();

    /** One for a server, which is the caller's until it is given back. */
    ServerPool take(String server, ConnectionInfo target) {
      ServerPool idle = pools.remove(server);
      if (idle != null && idle.target.equals(target) && !idle.pooled.isClosed()) {
        return idle;
      }
      if (idle != null) {
        idle.pooled.close();
      }
      return of(server, target);
    }

    void giveBack(ServerPool pool) {
      if (pools.size() < MOST) {
        pools.put(pool.pooled.getPoolName(), pool);
      } else {
        pool.pooled.close();
      }
    }

    @Override
    public void close() {
      pools.values().forEach(pool -> pool.pooled.close());
      pools.clear();
    }
  }
}
