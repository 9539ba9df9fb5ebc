package io.github.dataspaces.reset.mysql;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The quickest look that shows whether a server was only read, whatever else it leaves open: which
 * kinds of statements were run, those in routines and of rolled-back work too, and how far the log
 * has got. All else is for {@link Counters}.
 *
 * @param statements how often each kind of statement was run that may leave something; empty where
 *     the server does not count them
 * @param moves how often a session went to a database
 * @param busy the sessions that were at work
 * @param idle those that were not, but may have been in a transaction
 */
record Glance(
    Position at, Map<String, Long> statements, long moves, Set<String> busy, Set<String> idle) {

  private static final String SET = "statement/sql/set_option";

  private static final Set<String> MOVES =
      Set.of("statement/sql/change_db", "statement/com/init db");

  /** They only read, or concern their own session, which is cleaned. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "statement/(abstract/.*"
              + "|sql/(select|show_.*|begin|commit|rollback|savepoint|release_savepoint|rollback_to_savepoint|set_role|kill)"
              + "|com/(query|ping|quit|statistics|reset connection|prepare|close stmt|reset stmt|field list|binlog dump.*|register slave))");

  /** A quarter of what the tables take that tell the same. */
  private static final String SESSIONS = "show processlist";

  private static final String STATEMENTS =
      """
      select event_name, count_star
      from performance_schema.events_statements_summary_global_by_event_name where count_star > 0
      """;

  /** The server itself, and who has not told yet who he is. */
  private static final Set<String> NOBODY =
      Set.of("event_scheduler", "system user", "unauthenticated user");

  private static final Set<String> SERVING = Set.of("Daemon", "Quit", "Binlog Dump");

  static Glance of(AdminSession admin, Dialect dialect) {
    return of(admin.queryAtOnce(queries(dialect)));
  }

  /**
   * What {@link #of(List)} wants the rows of. Sessions come before statements: what runs in between
   * is seen at work, or counted.
   */
  static List<String> queries(Dialect dialect) {
    return List.of(dialect.positionQuery(), SESSIONS, STATEMENTS);
  }

  static Glance of(List<List<List<String>>> results) {
    List<String> status = results.get(0).get(0);
    Map<String, Long> statements = new HashMap<>();
    long moves = 0;
    for (List<String> row : results.get(2)) {
      String name = row.get(0).toLowerCase(Locale.ROOT);
      if (MOVES.contains(name)) {
        moves += Long.parseLong(row.get(1));
      } else if (!HARMLESS.matcher(name).matches()) {
        statements.put(name, Long.parseLong(row.get(1)));
      }
    }
    Map<Boolean, Set<String>> sessions = sessions(results.get(1));
    return new Glance(
        new Position(status.get(0), Long.parseLong(status.get(1))),
        Map.copyOf(statements),
        moves,
        sessions.get(false),
        sessions.get(true));
  }

  /** The ids of users' sessions, by whether they are idle. */
  private static Map<Boolean, Set<String>> sessions(List<List<String>> rows) {
    return rows.stream()
        .filter(row -> !NOBODY.contains(row.get(1)) && !SERVING.contains(row.get(4)))
        .collect(
            Collectors.partitioningBy(
                row -> row.get(4).equals("Sleep"),
                Collectors.mapping(row -> row.get(0), Collectors.toUnmodifiableSet())));
  }

  /** The same after a session was renewed. */
  Glance plus(SessionRenewal.Cost renewal) {
    Map<String, Long> more = new HashMap<>(statements);
    more.merge(SET, renewal.sets(), Long::sum);
    return new Glance(at, Map.copyOf(more), moves + renewal.moves(), busy, idle);
  }

  /** Whether nothing was run since that may have left something; false where that is not known. */
  boolean showsNothingSince(Glance before) {
    return !statements.isEmpty() && statements.equals(before.statements) && at.equals(before.at);
  }
}
