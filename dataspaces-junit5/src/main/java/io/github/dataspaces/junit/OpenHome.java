package io.github.dataspaces.junit;

import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.TestServers;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A home that tests of this process use.
 *
 * @param dataspaces what is in it
 * @param servers the servers that tests have from it
 * @param pools the pools of those that no test has now
 */
record OpenHome(Dataspaces dataspaces, TestServers servers, ServerPool.Idle pools)
    implements StoreEntry {

  /**
   * @param keep how long a server that nobody uses is kept
   */
  static OpenHome of(Path home, Duration keep) {
    Dataspaces dataspaces = Dataspaces.at(home).open();
    return new OpenHome(dataspaces, dataspaces.testServers(keep), new ServerPool.Idle());
  }

  @Override
  public void close() {
    pools.close();
    servers.close();
    dataspaces.close();
  }
}
