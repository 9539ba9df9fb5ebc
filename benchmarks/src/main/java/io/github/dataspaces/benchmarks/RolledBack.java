package io.github.dataspaces.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * Connections to a server that is there already, and stays; each test is a transaction that is not
 * committed: the least that any approach takes.
 */
record RolledBack(String url, String user, String password) implements Peer {

  /** The database of a second process, which would wait for the first one's locks. */
  static final String SECOND = "second";

  static RolledBack at(List<String> urlUserAndPassword, boolean second) {
    String url = urlUserAndPassword.get(0);
    return new RolledBack(
        second ? url.replaceFirst("/[^/]*$", "/" + SECOND) : url,
        urlUserAndPassword.get(1),
        urlUserAndPassword.get(2));
  }

  @Override
  public Connection clean() throws SQLException {
    Connection connection = DriverManager.getConnection(url, user, password);
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public void close() {
    // the server is another process's
  }
}
