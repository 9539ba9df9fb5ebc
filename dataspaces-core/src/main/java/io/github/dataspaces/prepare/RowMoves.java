package io.github.dataspaces.prepare;

import io.github.dataspaces.config.RowLimit;
import io.github.dataspaces.prepare.TableGraph.Key;
import io.github.dataspaces.prepare.TableGraph.Table;
import java.io.IOException;
import java.sql.SQLException;

/** Takes rows from where all of them are to where those are that are kept; each row once. */
interface RowMoves {

  /** A schema for tables that are there for a while. */
  String SCHEMA = "dataspaces_sample";

  /** Those that a limit lets through, into a table that is empty yet. */
  void takeMatching(Table table, RowLimit limit) throws SQLException, IOException;

  /** All, into a table that is empty yet. */
  void takeAll(Table table) throws SQLException, IOException;

  /** Those that refer by a key to a row that is kept, or to none. */
  void takeReferring(Key key) throws SQLException, IOException;

  /**
   * Those that kept rows refer to by a key.
   *
   * @return how many were not there yet
   */
  long takeReferenced(Key key) throws SQLException, IOException;

  /**
   * Gives back kept rows that refer by a key to what is not kept.
   *
   * @return how many
   */
  long dropDangling(Key key) throws SQLException;
}
