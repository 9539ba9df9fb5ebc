package io.github.dataspaces.config;

import java.util.Optional;

/**
 * Where a migration tool comes from, and with it what belongs to the project: migrations on its
 * class path, those that are Java classes, its JDBC driver.
 */
@FunctionalInterface
public interface ToolLibraries {

  /** Those on the class path of the thread that asks. */
  ToolLibraries OF_THREAD =
      tool ->
          Optional.ofNullable(Thread.currentThread().getContextClassLoader())
              .orElse(ToolLibraries.class.getClassLoader());

  /**
   * What loads the project's classes and, where it can be had, the tool; for {@link
   * MigrationTool#AUTO} the project's classes only.
   */
  ClassLoader loader(MigrationTool tool);
}
