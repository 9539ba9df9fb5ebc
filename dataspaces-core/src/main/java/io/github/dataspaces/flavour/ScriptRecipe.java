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

  /** Whether nothing more can be done in a transaction in which a statement was refused. */
  boolean endsTransactionsOnErrors();

  /**
   * Whether the rows of a dump may come over several connections at once: where their order in the
   * file does not decide that in the table.
   */
  boolean takesRowsInAnyOrder();

  /** What of a statement is better done after the rows have come; empty for nothing. */
  Optional<Split> split(Statement statement);

  /** Driver properties that connections have which run scripts. */
  Map<String, String> driverProperties();

  /** What such a connection begins with in order to be fast, or to be as dumps expect it. */
  List<String> begin();

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
   * the whole, schema and name of the part. Empty for an engine without such.
   */
  Optional<String> partsQuery();

  /** Drops a foreign key; nothing where it goes with the table that it refers to. */
  List<String> dropForeignKey(String table, String key);

  /** Drops a table, whatever still refers to it. */
  List<String> dropTable(String table);

  /** Statements that bring the planner's statistics of these tables up to date. */
  List<String> analyse(List<String> tables);

  /**
   * What is to become of a statement.
   *
   * @param run whether it is run at all
   * @param everywhere whether it has to be run on every connection, because it decides how what
   *     comes after it is understood
   * @param database the database that the script goes to with it; it stays where it is
   */
  record Treatment(boolean run, boolean everywhere, Optional<String> database) {

    /** It is run. */
    public static final Treatment RUN = new Treatment(true, false, Optional.empty());

    /** It is run, on every connection. */
    public static final Treatment EVERYWHERE = new Treatment(true, true, Optional.empty());

    /** It is passed over. */
    public static final Treatment SKIP = new Treatment(false, false, Optional.empty());

    /** It is passed over, and the script goes to another database with it. */
    public static Treatment goTo(String database) {
      return new Treatment(false, false, Optional.of(database));
    }
  }

  /**
   * A statement in two.
   *
   * @param now what is run in its place
   * @param later what is run after the rows have come
   */
  record Split(String now, String later) {}

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
