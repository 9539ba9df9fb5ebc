package io.github.dataspaces.flavour;

import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.dump.Syntax;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How an engine's scripts and dumps are run: taken apart, sent, and forgiven. */
public interface ScriptRecipe {

  /** How a script is taken apart. */
  Syntax syntax();

  /** The engines whose dumps it understands, as those call themselves. */
  Set<String> understands();

  /** Whether it understands archives of {@code pg_dump}. */
  boolean readsArchives();

  /** How many statements may be sent at once, with semicolons between them. */
  int atOnce();

  /**
   * A query for whether anything, a trigger or a rule, could tell rows that are inserted one by one
   * from rows that are inserted together. Empty where rows are not put together.
   */
  Optional<String> watchesInserts();

  /**
   * How rows of dumps are inserted over several connections at once. Empty where it can be told
   * afterwards in which order that happened.
   */
  default Optional<ConcurrencyRecipe> concurrency() {
    return Optional.empty();
  }

  /**
   * The table of an index, or of a constraint that is one, that a statement of a dump makes; empty
   * for all others, and where those of several tables are not made at once.
   */
  default Optional<String> indexedTable(Statement statement) {
    return Optional.empty();
  }

  /**
   * What a session begins with that makes indexes beside others.
   *
   * @param sessions how many there are
   */
  default List<String> beginIndexes(int sessions) {
    return List.of();
  }

  /** A query for the statements that make another session like this one, in one row. */
  String settingsQuery();

  /** Whether nothing more can be done in a transaction in which a statement was refused. */
  boolean endsTransactionsOnErrors();

  /**
   * How it is told which of several statements that were sent at once was refused. Empty where all
   * of them can be undone for certain, so that they can be run again one by one.
   */
  Optional<Count> count();

  /** Driver properties that connections have which run scripts. */
  Map<String, String> driverProperties();

  /** What such a connection begins with in order to be fast, or to be as dumps expect it. */
  List<String> begin();

  /** What is done about a dump of many rows. */
  default Bulk bulk() {
    return Bulk.NONE;
  }

  /**
   * What is to become of a statement, before it is run.
   *
   * @param own the database it is run in, whatever the script calls it, and its owner
   */
  Treatment treat(Statement statement, Credentials own);

  /** What makes a statement pass that was refused; empty if it is wrong. */
  Optional<Pardon> pardon(SQLException refusal, Statement statement);

  /**
   * A query for which tables are parts of which others, for example partitions: schema and name of
   * the whole, schema and name of the part, and {@code true} if the rows of the part are the
   * whole's. Empty for an engine without such.
   */
  Optional<String> partsQuery();

  /** Drops a foreign key; nothing where it goes with the table that it refers to. */
  List<String> dropForeignKey(String table, String key);

  /** Drops a table, whatever still refers to it. */
  List<String> dropTable(String table);

  /** A statement that brings the planner's statistics of a table up to date. */
  String analyse(String table);

  /**
   * What a server is told for the time of an import, by one session.
   *
   * @param begin statements that make it faster, and need not be understood
   * @param end statements that take that back
   * @param left a query for how many of these the server was too busy to heed, so that all have to
   *     be run again
   */
  record Bulk(List<String> begin, List<String> end, Optional<String> left) {

    /** Nothing. */
    public static final Bulk NONE = new Bulk(List.of(), List.of(), Optional.empty());
  }

  /**
   * What is to become of a statement.
   *
   * @param run whether it is run at all
   * @param database the database that the script goes to with it; it stays where it is
   */
  record Treatment(boolean run, Optional<String> database) {

    /** It is run. */
    public static final Treatment RUN = new Treatment(true, Optional.empty());

    /** It is passed over. */
    public static final Treatment SKIP = new Treatment(false, Optional.empty());

    /** It is passed over, and the script goes to another database with it. */
    public static Treatment goTo(String database) {
      return new Treatment(false, Optional.of(database));
    }
  }

  /**
   * How a session counts what it has done.
   *
   * @param keep a statement with {@code %s} in it, which keeps a number
   * @param kept a query for that number
   */
  record Count(String keep, String kept) {}

  /**
   * What makes a refused statement pass.
   *
   * @param first what has to be run before it is tried again; empty to go on without it
   */
  record Pardon(List<String> first) {

    /** It was not needed. */
    public static final Pardon PASS = new Pardon(List.of());
  }
}
