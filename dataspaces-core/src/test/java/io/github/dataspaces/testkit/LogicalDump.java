package io.github.dataspaces.testkit;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that can be told of a PostgreSQL server by SQL, as text: each catalogue of each
 * database, each row of each table, each sequence, the settings. Needs no tools.
 */
public final class LogicalDump {

  /** Columns that the server changes by itself: counters, and what it gathers for its planner. */
  private static final String VOLATILE =
      "'relpages', 'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid', 'datfrozenxid', 'datminmxid'";

  private LogicalDump() {}

  /** The dump of a running dataspace's whole server. */
  public static String of(Dataspace dataspace) {
    return of(dataspace.connection());
  }

  /** The dump of the whole server that a connection leads to. */
  public static String of(ConnectionInfo connection) {
    StringBuilder dump = new StringBuilder();
    Sql owner = Sql.on(connection);
    dump.append("settings\n")
        .append(
            owner.query(
                "select name, setting from pg_settings where source = 'configuration file' order by 1"))
        .append('\n');
    for (String database :
        owner.rows("select datname from pg_database where datallowconn order by 1")) {
      dump.append("database ").append(database).append('\n');
      try (Connection session = owner.database(database).connect();
          Statement statement = session.createStatement()) {
        appendDatabase(dump, statement);
      } catch (SQLException e) {
        throw new IllegalStateException(database + ": " + e.getMessage(), e);
      }
    }
    return dump.toString();
  }

  private static void appendDatabase(StringBuilder dump, Statement statement) throws SQLException {
    for (String catalogue : catalogues(statement)) {
      append(
          dump,
          statement,
          catalogue.replaceFirst("\\(.*", ""),
          catalogue.replaceFirst(".*?\\(", "row("));
    }
    for (String table : userRelations(statement, "r', 'm', 'f")) {
      append(dump, statement, table, "t");
    }
    for (String sequence : userRelations(statement, "S")) {
      append(dump, statement, sequence, "row(last_value, is_called)");
    }
  }

  /** Each as {@code pg_catalog.name(columns)}. */
  private static List<String> catalogues(Statement statement) throws SQLException {
    return strings(
        statement,
        """
        select 'pg_catalog.' || relname || '(' || string_agg(attname, ', ' order by attnum) || ')'
        from pg_class c join pg_attribute a on attrelid = c.oid and attnum > 0
        where relnamespace = 'pg_catalog'::regnamespace and relkind = 'r'
          and relname not in ('pg_statistic', 'pg_statistic_ext_data')
          and attname not in (%s)
        group by relname order by relname
        """
            .formatted(VOLATILE));
  }

  private static List<String> userRelations(Statement statement, String kinds) throws SQLException {
    return strings(
        statement,
        """
        select quote_ident(nspname) || '.' || quote_ident(relname)
        from pg_class join pg_namespace n on n.oid = relnamespace
        where relkind in ('%s') and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
          and relpersistence <> 't'
        order by 1
        """
            .formatted(kinds));
  }

  private static void append(StringBuilder dump, Statement statement, String from, String row)
      throws SQLException {
    dump.append(from).append('\n');
    for (String line :
        strings(
            statement,
            "select (%s)::text collate \"C\" from %s t order by 1".formatted(row, from))) {
      dump.append(line).append('\n');
    }
  }

  private static List<String> strings(Statement statement, String query) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        strings.add(result.getString(1));
      }
    }
    return strings;
  }
}
