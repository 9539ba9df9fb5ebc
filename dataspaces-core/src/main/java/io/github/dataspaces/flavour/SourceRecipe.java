package io.github.dataspaces.flavour;

import io.github.dataspaces.config.LiveSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How what is in a database that runs elsewhere is had. */
public interface SourceRecipe {

  /** What the URLs of its databases begin with, after {@code jdbc:}. */
  Set<String> schemes();

  /** The URLs to try, one for each driver that can be used. */
  List<String> urls(LiveSource source);

  /** Whether the answer to {@code select version()} is this engine's. */
  boolean isOwn(String version);

  /** The command that writes how everything in it is defined, and no rows, to its output. */
  List<String> schemaCommand(LiveSource source);

  /** The environment variables of that command, password included. */
  Map<String, String> environment(LiveSource source);

  /**
   * A query for the statements that bring sequences to where they are; empty where the definitions
   * say so.
   */
  Optional<String> sequences();

  /** What a session begins with that reads from it. */
  List<String> begin();
}
