package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.Locale;

/** What brings a database's schema up to date. */
public enum MigrationTool {
  /** Whichever of the others the project uses. */
  AUTO,
  FLYWAY,
  LIQUIBASE,
  /** Any program that finds the database in its environment, for example Alembic. */
  COMMAND;

  /**
   * @throws DataspaceException {@link Reason#INVALID} for anything but the four names
   */
  public static MigrationTool parse(String text) {
    for (MigrationTool choice : values()) {
      if (choice.name().equalsIgnoreCase(text.trim())) {
        return choice;
      }
    }
    throw new DataspaceException(
        Reason.INVALID,
        "tool: '%s' is no migration tool.".formatted(text),
        "Use auto, flyway, liquibase or command.");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
