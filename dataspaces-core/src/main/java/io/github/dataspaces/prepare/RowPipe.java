package io.github.dataspaces.prepare;

import io.github.dataspaces.prepare.RowSql.Column;
import io.github.dataspaces.prepare.TableGraph.Table;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Brings rows from one server to another while they are read. Not thread-safe. */
final class RowPipe {

  private static final int BUFFER = 1 << 18;
  private static final int LARGE = 1 << 19;
  private static final int FETCHED_AT_ONCE = 1000;

  private final ScriptSession source;
  private final ScriptSession target;
  private final RowSql sql;

  /**
   * @param sql about the source
   */
  RowPipe(ScriptSession source, ScriptSession target, RowSql sql) {
    this.source = source;
    this.target = target;
    this.sql = sql;
  }

  /**
   * Brings rows of a table.
   *
   * @param into the table that they are put into
   * @param alias what a row is called in {@code from}
   * @param from what follows the columns in the query for them
   * @return how many there were
   */
  long move(Table table, String into, String alias, String from) throws SQLException, IOException {
    List<Column> columns = sql.columns(table);
    if (columns.isEmpty()) {
      return 0;
    }
    Optional<String> literal =
        source
            .flavour()
            .rows()
            .literal(
                columns.stream().map(column -> alias + column.quoted()).toList(),
                columns.stream().map(Column::type).toList());
    return literal.isPresent()
        ? insert(
            "select " + literal.get() + from,
            target.flavour().rows().insertInto(into, sql.names(table)) + " values ")
        : copy(
            "copy (select %s%s) to stdout".formatted(sql.names(table, alias), from),
            "copy %s (%s) from stdin".formatted(into, sql.names(table)));
  }

  private long copy(String out, String in) throws SQLException, IOException {
    try (PipedInputStream rows = new PipedInputStream(BUFFER);
        PipedOutputStream end = new PipedOutputStream(rows)) {
      FutureTask<Boolean> reading =
          new FutureTask<>(
              () -> {
                // closed also if it fails, or the other end would wait
                try (PipedOutputStream closed = end) {
                  PgCopy.out(source.connection(), out, closed);
                }
                return true;
              });
      Thread thread = new Thread(reading, "reading rows");
      thread.setDaemon(true);
      thread.start();
      long count = PgCopy.in(target.connection(), in, rows);
      reading.get();
      return count;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException refusal) {
        throw refusal;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    }
  }

  private long insert(String query, String insertion) throws SQLException {
    try (Statement statement = source.connection().createStatement()) {
      stream(statement);
      long count = 0;
      try (ResultSet rows = statement.executeQuery(query)) {
        StringBuilder values = new StringBuilder();
        while (rows.next()) {
          values.append(values.isEmpty() ? insertion : ",").append(rows.getString(1));
          count++;
          if (values.length() > LARGE) {
            target.execute(values.toString());
            values.setLength(0);
          }
        }
        if (!values.isEmpty()) {
          target.execute(values.toString());
        }
      }
      return count;
    }
  }

  /** MySQL's own driver keeps all rows in memory unless it is told this number. */
  private static void stream(Statement statement) throws SQLException {
    try {
      statement.setFetchSize(Integer.MIN_VALUE);
    } catch (SQLException e) {
      statement.setFetchSize(FETCHED_AT_ONCE);
    }
  }
}
