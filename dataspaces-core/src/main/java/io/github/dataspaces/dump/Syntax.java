package io.github.dataspaces.dump;

import java.util.EnumSet;
import java.util.Set;

/**
 * How an engine's scripts are taken apart into statements. Immutable.
 *
 * @param delimiter what ends a statement; not empty
 * @param traits what the scripts have beyond the SQL standard
 */
public record Syntax(String delimiter, Set<Trait> traits) {

  /** What not all engines' scripts have. */
  public enum Trait {
    /** {@code $tag$text$tag$}. */
    DOLLAR_QUOTES,
    /** {@code E'it\'s'}. */
    ESCAPE_STRINGS,
    /** Comments in comments. */
    NESTED_COMMENTS,
    /** {@code BEGIN ATOMIC … END} as a function's body. */
    ATOMIC_BODIES,
    /** Rows after {@code COPY … FROM stdin;}, and commands that begin with a backslash. */
    PSQL_COMMANDS,
    /** Backslashes in every string. */
    BACKSLASH_ESCAPES,
    /** Comments that begin with a hash, and {@code --} that is none before anything but a blank. */
    HASH_COMMENTS,
    /** Comments that servers run: {@code /*! … }. */
    CONDITIONAL_COMMENTS,
    /** The command {@code DELIMITER}. */
    DELIMITER_COMMAND
  }

  /** Scripts for PostgreSQL's {@code psql}. */
  public static final Syntax PSQL =
      new Syntax(
          ";",
          EnumSet.of(
              Trait.DOLLAR_QUOTES,
              Trait.ESCAPE_STRINGS,
              Trait.NESTED_COMMENTS,
              Trait.ATOMIC_BODIES,
              Trait.PSQL_COMMANDS));

  /** Scripts for the {@code mysql} and {@code mariadb} clients. */
  public static final Syntax MYSQL =
      new Syntax(
          ";",
          EnumSet.of(
              Trait.BACKSLASH_ESCAPES,
              Trait.HASH_COMMENTS,
              Trait.CONDITIONAL_COMMENTS,
              Trait.DELIMITER_COMMAND));

  public Syntax {
    traits = Set.copyOf(traits);
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
