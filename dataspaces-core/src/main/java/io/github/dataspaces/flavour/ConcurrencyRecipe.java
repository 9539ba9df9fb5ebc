package io.github.dataspaces.flavour;

import io.github.dataspaces.dump.Statement;
import java.util.List;
import java.util.Optional;

/**
 * How rows of a dump are inserted over several connections at once, and their indexes made last.
 */
public interface ConcurrencyRecipe {

  /** The table that a statement inserts into, if it is one that may be run beside others. */
  Optional<String> tableOf(Statement statement);

  /** A query for a number that is more than 0 if nobody can tell afterwards how rows came there. */
  String allowed(String table);

  /** A query for how a table is defined, in the second column. */
  String definitionQuery(String table);

  /** What of a table's definition can be made when all rows are there; empty if nothing can. */
  Optional<Indexes> indexes(String table, String definition);

  /**
   * Indexes that are made last.
   *
   * @param drop a statement that takes them away, refused where that cannot be done
   * @param make one that makes them again
   */
  record Indexes(String drop, Statement make) {
    static Indexes of(String table, List<String> names, List<String> definitions) {
      String alter = "alter table " + table;
      return new Indexes(
          alter + " drop key " + String.join(", drop key ", names),
          Statement.of(alter + " add " + String.join(", add ", definitions)));
    }
  }
}
