package io.github.dataspaces.junit;

import io.github.dataspaces.config.DataspaceException;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The dataspace of a test: how to reach it, and how to move it between states. Get it as a
 * parameter or in a field, see {@link Dataspace}.
 *
 * <p>What it answers never changes while the dataspace exists. Nothing is ever null. Can be used
 * from several threads; a snapshot or a rollback ends the connections of all of them.
 */
public final class DataspaceHandle {

  private final LiveDataspace dataspace;

  DataspaceHandle(LiveDataspace dataspace) {
    this.dataspace = dataspace;
  }

  /** The dataspace's name. */
  public String name() {
    return dataspace.name();
  }

  /** The JDBC URL, without credentials. */
  public String jdbcUrl() {
    return dataspace.connection().jdbcUrl();
  }

  /** The server's host. */
  public String host() {
    return dataspace.connection().host();
  }

  /** The server's TCP port. */
  public int port() {
    return dataspace.connection().port();
  }

  /** The database's name on the server. */
  public String database() {
    return dataspace.connection().database();
  }

  /** The database's owner. */
  public String username() {
    return dataspace.connection().username();
  }

  /** The owner's password. */
  public String password() {
    return dataspace.connection().password();
  }

  /**
   * Environment variables for a process that is to use the database: {@code DATABASE_URL}, {@code
   * JDBC_URL}, {@code DB_USER}, …, and those that the engine's own tools read; with the password.
   */
  public Map<String, String> environment() {
    return Map.copyOf(dataspace.connection().environment());
  }

  /** The pool that is injected as a {@link DataSource}. */
  public DataSource dataSource() {
    return dataspace.dataSource();
  }

  /**
   * Takes a snapshot of the database as it is: what has been committed. It ends all connections;
   * take new ones from the {@link #dataSource}. One taken in {@code @BeforeAll} is there for all
   * tests of the class and its nested classes; one taken in a test is deleted after it.
   *
   * @param snapshot a name of up to 63 lower-case letters, digits, '-' and '_'
   * @throws DataspaceException if the name cannot be used or is in use, or if the snapshot fails;
   *     then the database is as it was
   */
  public void snapshot(String snapshot) {
    dataspace.snapshot(snapshot);
  }

  /**
   * Goes back to a snapshot. It ends all connections; take new ones from the {@link #dataSource}.
   *
   * @param snapshot as in {@link RollbackTo#value}
   * @throws DataspaceException if there is no such snapshot, with those there are, or if going back
   *     fails
   */
  public void rollbackTo(String snapshot) {
    dataspace.rollback(snapshot);
  }

  /** The URL, without the password. */
  @Override
  public String toString() {
    return "%s: %s".formatted(name(), dataspace.connection());
  }
}
