package io.github.dataspaces.maven;

import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal for some of the tables and rows of a database. */
abstract class SelectionMojo extends NamedMojo {

  /**
   * The tables whose rows are wanted, separated by commas. By default all. To export some, the
   * dataspace is stopped for as long as its files are cloned.
   */
  @Parameter(property = "dataspaces.tables")
  private @Nullable String tables;

  /**
   * Whether the rows of the tables that those refer to are wanted too; {@code true} by default.
   * {@code false} leaves out the foreign keys that would lead nowhere, and says which.
   */
  @Parameter(property = "dataspaces.withReferenced")
  private @Nullable String withReferenced;

  /**
   * How many rows of which tables are wanted, separated by commas or in lines: {@code
   * orders=1%,customers=1000}. They are the first by the primary key. What they refer to comes with
   * them, and rows of other tables that refer to what does not come stay away.
   */
  @Parameter(property = "dataspaces.rows")
  private @Nullable String rows;

  /**
   * Which rows of which tables are wanted: {@code orders: placed > '2024-01-01'}; several in lines,
   * or separated by semicolons.
   */
  @Parameter(property = "dataspaces.where")
  private @Nullable String where;
}
