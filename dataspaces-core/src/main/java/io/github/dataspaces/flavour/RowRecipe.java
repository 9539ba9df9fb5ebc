package io.github.dataspaces.flavour;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How rows are moved between tables past foreign keys and triggers: the statements in which engines
 * differ. All names it is given are quoted.
 */
public interface RowRecipe {

  /** What a session begins with in which nothing is checked that needs several tables. */
  List<String> begin();

  /** Makes a schema for tables that are there for a while. */
  String makeSchema(String schema);

  /** Drops it with all that is in it. */
  String dropSchema(String schema);

  /** Makes a table with the columns of another and none of its keys to others. */
  String makeLike(String table, String other);

  /**
   * A query for the columns of all tables, in order: schema (empty where an engine has none),
   * table, column, {@code true} if it is computed, and its type.
   */
  String columnsQuery();

  /**
   * Queries for what moving rows would set off or lose: a statement before it, and those after it.
   * Of one that begins with {@code show create} the answer is meant, which is asked for before.
   */
  List<String> suspensions();

  /**
   * A query for the statements that bring up to date what is computed of tables, in order, and
   * {@code true} where it is filled.
   */
  Optional<String> refreshments();

  /** What stands for a table alone, without others that inherit from it. */
  String only(String table);

  /** The beginning of a statement that puts rows into a table, numbered columns included. */
  String insertInto(String table, String columns);

  /**
   * Empties tables.
   *
   * @param tables tables that only these refer to
   * @param referenced the others
   */
  List<String> empty(Set<String> tables, Set<String> referenced);

  /**
   * Deletes the rows of a table, {@code c}, that refer to something and have no match in another
   * table, {@code p}, which may be the same.
   *
   * @param given the condition that they refer to something
   * @param match the condition that two rows match
   */
  String deleteUnmatched(String table, String given, String other, String match);

  /**
   * A query for keys, in batches: each row of its answer is what {@code in} compares a key's
   * columns with.
   *
   * @param types the types of the columns {@code a0}, {@code a1} and so on of {@code keys}
   * @param keys a query for them
   * @param size how many make a batch
   */
  String batches(List<String> types, String keys, int size);

  /**
   * An expression for a row as an {@code insert} has it, parentheses included. Empty where rows are
   * copied by the engine's own {@code COPY}.
   *
   * @param columns the row's columns
   * @param types their types
   */
  Optional<String> literal(List<String> columns, List<String> types);
}
