package io.github.dataspaces.reset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a process leaves on a PostgreSQL server for the next that uses it: the state it is in, and
 * what has been made to go back to it. Kept on the server itself, so it lasts exactly as long as
 * what it tells of.
 */
final class HandOver {

  private final AdminConnection admin;

  /** In the database that holds it. */
  HandOver(AdminConnection admin) {
    this.admin = admin;
  }

  /**
   * What was left.
   *
   * @param name of the state
   * @param untouched whether nobody has written since
   */
  record Left(String name, TemplateClones.Mark mark, boolean untouched) {}

  void leave(String name, TemplateClones.Mark mark) {
    admin.execute("truncate left_as, left_at");
    List<List<String>> rows = mark.cluster().rows();
    admin.update(
        "insert into left_as select * from unnest(?, ?)",
        rows.stream().map(row -> row.get(0)).toArray(String[]::new),
        rows.stream().map(row -> row.get(1)).toArray(String[]::new));
    admin.update(
        "insert into left_at values (?, ?, ?, ?, ?, pg_current_xact_id()::text)",
        name,
        mark.sequences().query(),
        mark.sequences().values(),
        mark.visits(),
        String.join("\n", mark.writes()));
  }

  /** What was left; nobody else will find it. */
  Optional<Left> receive() {
    List<List<String>> left =
        admin.query(
            "select state, sequences, sequence_values, sessions, written, transaction from left_at");
    if (left.isEmpty()) {
      return Optional.empty();
    }
    List<String> row = left.get(0);
    long next = Long.parseLong(admin.query("select pg_current_xact_id()::text").get(0).get(0));
    Map<String, Template> templates =
        admin.query("select name, original, settings from template").stream()
            .map(found -> new Template(found.get(0), found.get(1), found.get(2)))
            .collect(Collectors.toMap(Template::of, Function.identity()));
    ClusterState cluster = ClusterState.of(admin.query("select part, content from left_as"));
    admin.execute("truncate left_as, left_at");
    return Optional.of(
        new Left(
            row.get(0),
            new TemplateClones.Mark(
                cluster,
                templates,
                new Sequences(row.get(1), row.get(2)),
                row.get(3),
                row.get(4).lines().toList()),
            next == Long.parseLong(row.get(5)) + 1));
  }
}
