package io.github.dataspaces.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;

/** Another way to hand each test a clean database. */
interface Peer extends AutoCloseable {

  /** Done once for a class of tests. */
  default void beforeClass() throws Exception {}

  /** A connection to a clean database. */
  Connection clean() throws Exception;

  /** Done after each test; its connection has been closed. */
  default void afterTest() throws Exception {}

  /** Done once after a class of tests. */
  default void afterClass() throws Exception {}

  @Override
  void close() throws Exception;

  /**
   * The peer of that name.
   *
   * @param folder where its files are to be
   */
  static Peer named(String name, Schema schema, Path folder) throws Exception {
    return switch (name) {
      case "zonky" -> new Zonky(schema, folder);
      case "testcontainers-class" -> Container.forClass(schema, schema.reload());
      case "testcontainers-class-changed" -> Container.forClass(schema, schema.reloadChanged());
      case "testcontainers-test" -> Container.forTest(schema);
      case "flyway" -> new FlywayCleanMigrate(schema, folder);
      case "rider" -> new Rider(schema, folder);
      case "truncate" -> new Truncate(schema, folder, schema.reload());
      case "truncate-changed" -> new Truncate(schema, folder, schema.reloadChanged());
      default -> throw new IllegalArgumentException(name);
    };
  }
}
