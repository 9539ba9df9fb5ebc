package io.github.dataspaces.prepare;

import io.github.dataspaces.config.RowLimit;
import io.github.dataspaces.config.Selection;
import io.github.dataspaces.flavour.RowRecipe;
import io.github.dataspaces.prepare.TableGraph.Key;
import io.github.dataspaces.prepare.TableGraph.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a sample of a database that all of it is in: into tables beside it, from which the rows go
 * back when it is complete. Where few rows stay of many this is quicker than deleting the others.
 */
final class WorkTables implements RowMoves {

  private final ScriptSession session;
  private final RowRecipe recipe;
  private final SamplePlan plan;
  private final RowSql sql;
  private final Map<Table, String> places = new LinkedHashMap<>();

  private WorkTables(ScriptSession session, SamplePlan plan, RowSql sql) {
    this.session = session;
    this.recipe = session.flavour().rows();
    this.plan = plan;
    this.sql = sql;
  }

  /**
   * Leaves only a sample of a database.
   *
   * @param earlier the tables that were there before, which stay as they are
   */
  static void reduce(ScriptSession session, Set<Table> earlier, Selection selection)
      throws SQLException, IOException {
    TableGraph graph = TableGraph.read(session);
    SamplePlan plan = SamplePlan.of(graph, earlier, selection);
    session.executeAll(session.flavour().rows().begin());
    WorkTables tables = new WorkTables(session, plan, RowSql.of(session, graph));
    tables.make();
    new Sampling(plan, tables).run();
    Suspension suspension = Suspension.begin(session);
    tables.putBack(graph);
    suspension.end();
    Optional<String> refreshments = session.flavour().rows().refreshments();
    if (refreshments.isPresent()) {
      for (List<String> row : session.rows(refreshments.get())) {
        if (ScriptSession.isTrue(row.get(1))) {
          session.execute(row.get(0));
        }
      }
    }
  }

  private void make() throws SQLException {
    session.execute(recipe.makeSchema(SCHEMA));
    for (Table table : plan.reduced()) {
      String place = SCHEMA + ".t" + places.size();
      places.put(table, place);
      session.execute(recipe.makeLike(place, table.quoted(session)));
    }
  }

  private void putBack(TableGraph graph) throws SQLException {
    Set<Table> free = new LinkedHashSet<>(places.keySet());
    while (free.removeIf(table -> isReferredToFromOutside(table, free, graph))) {
      // what it refers to is referred to from outside now, too
    }
    Set<String> alone = new LinkedHashSet<>();
    Set<String> referenced = new LinkedHashSet<>();
    for (Table table : places.keySet()) {
      (free.contains(table) ? alone : referenced).add(sql.from(table));
    }
    session.executeAll(recipe.empty(alone, referenced));
    for (Map.Entry<Table, String> place : places.entrySet()) {
      Table table = place.getKey();
      String names = sql.names(table);
      session.execute(
          "%s select %s from %s"
              .formatted(recipe.insertInto(table.quoted(session), names), names, place.getValue()));
    }
    session.execute(recipe.dropSchema(SCHEMA));
  }

  private static boolean isReferredToFromOutside(Table table, Set<Table> inside, TableGraph graph) {
    return graph.keys().stream()
        .filter(key -> graph.holder(key.referenced()).equals(table))
        .anyMatch(key -> !inside.contains(graph.holder(key.table())));
  }

  /** Where the rows of a table are that are kept. */
  private String kept(Table table) throws SQLException {
    String place = places.get(table);
    return place == null ? sql.from(table) : place;
  }

  private String insertInto(Table table) throws SQLException {
    return recipe.insertInto(kept(table), sql.names(table));
  }

  @Override
  public void takeMatching(Table table, RowLimit limit) throws SQLException {
    try {
      session.change(
          "%s select %s%s"
              .formatted(insertInto(table), sql.names(table), sql.matching(table, limit)));
    } catch (SQLException e) {
      throw ScriptFailure.refused(table, limit, e);
    }
  }

  @Override
  public void takeAll(Table table) {
    // they are where they stay
  }

  /** In two steps, because an "or" is nothing that engines join by. */
  @Override
  public void takeReferring(Key key) throws SQLException {
    takeReferring(key.table(), sql.notGiven(key));
    takeReferring(
        key.table(),
        "exists (select 1 from %s p where %s)".formatted(kept(key.referenced()), sql.match(key)));
  }

  private void takeReferring(Table table, String condition) throws SQLException {
    session.change(
        "%s select %s from %s c where %s and %s"
            .formatted(
                insertInto(table),
                sql.names(table, "c."),
                sql.from(table),
                condition,
                sql.absent("c", kept(table), plan.referencedColumns(table))));
  }

  @Override
  public long takeReferenced(Key key) throws SQLException {
    Table table = key.referenced();
    return session.change(
        "%s select %s from %s p where exists (select 1 from %s c where %s) and %s"
            .formatted(
                insertInto(table),
                sql.names(table, "p."),
                sql.from(table),
                kept(key.table()),
                sql.match(key),
                sql.absent("p", kept(table), Set.of(key.referencedColumns()))));
  }

  @Override
  public long dropDangling(Key key) throws SQLException {
    return session.change(
        recipe.deleteUnmatched(
            kept(key.table()), sql.given(key), kept(key.referenced()), sql.match(key)));
  }
}
