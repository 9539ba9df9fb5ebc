package io.github.dataspaces.reset;

import io.github.dataspaces.runtime.RunningDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A PostgreSQL server as seen from outside of the databases that are reset, by statements that are
 * planned once. Used by one thread at a time.
 */
final class ServerView implements AutoCloseable {

  /** Where rows are not counted, no answer equals another. */
  private static final String WRITES =
      """
      select case when current_setting('track_counts')::bool
        then concat_ws(':', datname, pg_stat_get_db_tuples_inserted(oid), pg_stat_get_db_tuples_updated(oid), pg_stat_get_db_tuples_deleted(oid))
        else clock_timestamp()::text end
      from pg_database where not starts_with(datname, 'dataspaces_') and datname <> all (?)
      """;

  private final AdminConnection admin;
  private final String main;

  /**
   * @param control the database to look from
   * @param main the database that tests use
   */
  ServerView(RunningDatabase server, String control, String main) {
    this.admin = AdminConnection.open(server, control);
    this.main = main;
    Template.TABLES.forEach(admin::execute);
    Observation.PREPARATIONS.forEach(admin::execute);
    admin.execute(ClusterState.preparation(ClusterState.catalogues(admin)));
  }

  /** What it is seen through. */
  AdminConnection admin() {
    return admin;
  }

  /** Whether anybody writes; takes a transaction id. */
  Observation look(boolean closely) {
    return Observation.of(admin.query(Observation.query(closely)), main);
  }

  /**
   * How many rows were ever written in databases that are not reset, by sessions that have ended.
   */
  List<String> writes(String... restored) {
    return admin.query(WRITES, (Object) restored).stream().map(row -> row.get(0)).toList();
  }

  /** What there is outside of the databases that are reset. */
  ClusterState cluster(Collection<Template> restored) {
    return ClusterState.of(admin.query(ClusterState.query(restored)));
  }

  /** Both. */
  record Seen(ClusterState cluster, Observation observation) {}

  /**
   * What commands have come to, in one transaction with them and sent together.
   *
   * @param afterwards queries for when that has ended
   */
  Seen after(
      List<Command> commands,
      boolean closely,
      Collection<Template> restored,
      List<Command> afterwards) {
    List<Command> all = new ArrayList<>();
    all.add(Command.of("begin"));
    all.addAll(commands);
    // in a transaction sessions are looked up once
    all.add(Command.of("select pg_stat_clear_snapshot()"));
    all.add(Command.of(ClusterState.query(restored)));
    all.add(Command.of(Observation.query(closely)));
    all.add(Command.of("commit"));
    all.addAll(afterwards);
    List<List<List<String>>> results = admin.queryAtOnce(all, 2 + afterwards.size());
    return new Seen(ClusterState.of(results.get(0)), Observation.of(results.get(1), main));
  }

  @Override
  public void close() {
    admin.close();
  }
}
