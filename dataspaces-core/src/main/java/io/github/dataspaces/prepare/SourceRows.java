package io.github.dataspaces.prepare;

import io.github.dataspaces.config.Progress;
import io.github.dataspaces.config.RowLimit;
import io.github.dataspaces.flavour.RowRecipe;
import io.github.dataspaces.prepare.TableGraph.Key;
import io.github.dataspaces.prepare.TableGraph.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes rows from a database elsewhere, which is only read: what has to be known of the rows that
 * are kept is asked of the copy, and sent there as keys, a bounded number at a time.
 */
final class SourceRows implements RowMoves {

  private static final int KEYS_AT_ONCE = 5000;
  private static final String STAGE = SCHEMA + ".stage";

  private final ScriptSession target;
  private final RowRecipe recipe;
  private final SamplePlan plan;
  private final RowSql sql;
  private final RowPipe pipe;
  private final Progress progress;

  /**
   * @param sql about the source
   * @param progress hears which table's rows are coming
   */
  SourceRows(
      ScriptSession source, ScriptSession target, SamplePlan plan, RowSql sql, Progress progress) {
    this.target = target;
    this.recipe = target.flavour().rows();
    this.plan = plan;
    this.sql = sql;
    this.pipe = new RowPipe(source, target, sql);
    this.progress = progress;
  }

  @Override
  public void takeMatching(Table table, RowLimit limit) throws SQLException, IOException {
    try {
      tell(table);
      pipe.move(table, table.quoted(target), "", sql.matching(table, limit));
    } catch (SQLException e) {
      throw ScriptFailure.refused(table, limit, e);
    }
  }

  @Override
  public void takeAll(Table table) throws SQLException, IOException {
    tell(table);
    pipe.move(table, table.quoted(target), "", " from " + sql.from(table));
  }

  private void tell(Table table) {
    progress.report("Importing rows of " + table, 0, 0);
  }

  @Override
  public void takeReferring(Key key) throws SQLException, IOException {
    Table table = key.table();
    tell(table);
    String place = table.quoted(target);
    boolean empty = target.rows("select 1 from " + sql.from(table) + " limit 1").isEmpty();
    if (empty) {
      fetchReferring(key, place);
      return;
    }
    target.execute(recipe.makeSchema(SCHEMA));
    target.execute(recipe.makeLike(STAGE, place));
    fetchReferring(key, STAGE);
    String names = sql.names(table);
    target.execute(
        "%s select %s from %s s where %s"
            .formatted(
                recipe.insertInto(place, names),
                names,
                STAGE,
                sql.absent("s", sql.from(table), plan.referencedColumns(table))));
    target.execute(recipe.dropSchema(SCHEMA));
  }

  private void fetchReferring(Key key, String place) throws SQLException, IOException {
    String from = " from %s c where ".formatted(sql.from(key.table()));
    pipe.move(key.table(), place, "c.", from + sql.notGiven(key));
    String kept =
        "select %s from %s p"
            .formatted(numbered("p", key.referencedColumns()), sql.from(key.referenced()));
    List<String> types = sql.types(key.referenced(), key.referencedColumns());
    for (String batch : batches(types, kept)) {
      pipe.move(
          key.table(),
          place,
          "c.",
          from + "(%s) in %s".formatted(named("c", key.columns()), batch));
    }
  }

  @Override
  public long takeReferenced(Key key) throws SQLException, IOException {
    String missing =
        "select distinct %s from %s c where %s and not exists (select 1 from %s p where %s)"
            .formatted(
                numbered("c", key.columns()),
                sql.from(key.table()),
                sql.given(key),
                sql.from(key.referenced()),
                sql.match(key));
    long count = 0;
    for (String batch : batches(sql.types(key.table(), key.columns()), missing)) {
      count +=
          pipe.move(
              key.referenced(),
              key.referenced().quoted(target),
              "p.",
              " from %s p where (%s) in %s"
                  .formatted(
                      sql.from(key.referenced()), named("p", key.referencedColumns()), batch));
    }
    return count;
  }

  private List<String> batches(List<String> types, String keys) throws SQLException {
    return target.rows(recipe.batches(types, keys, KEYS_AT_ONCE)).stream()
        .map(row -> row.get(0))
        .toList();
  }

  private String named(String alias, List<String> columns) throws SQLException {
    List<String> names = new ArrayList<>();
    for (String column : columns) {
      names.add(alias + "." + target.quote(column));
    }
    return String.join(", ", names);
  }

  private String numbered(String alias, List<String> columns) throws SQLException {
    List<String> names = new ArrayList<>();
    for (String column : columns) {
      names.add("%s.%s as a%s".formatted(alias, target.quote(column), names.size()));
    }
    return String.join(", ", names);
  }

  @Override
  public long dropDangling(Key key) throws SQLException {
    return target.change(
        recipe.deleteUnmatched(
            sql.from(key.table()), sql.given(key), sql.from(key.referenced()), sql.match(key)));
  }
}
