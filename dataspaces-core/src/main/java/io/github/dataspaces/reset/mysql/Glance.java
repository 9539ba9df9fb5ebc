package io.github.dataspaces.reset.mysql;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The quickest look that shows whether a server was only read, whatever else it leaves open: which
 * kinds of statements were run, those in routines and of rolled-back work too, and how far the log
 * has got. All else is for {@link Counters}.
 *
 * @param statements how often each kind of statement was run that may leave something; empty where
 *     the server does not count them
 * @param moves how often a session went to a database
 * @param busy the sessions that were at work, or in a transaction
 */
record Glance(Position at, Map<String, Long> statements, long moves, Set<String> busy) {

  private static final String SET = "statement/sql/set_option";

  private static final Set<String> MOVES =
      Set.of("statement/sql/change_db", "statement/com/init db");

  /** They only read, or concern their own session, which is cleaned. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "statement/(abstract/.*"
              + "|sql/(select|show_.*|begin|commit|rollback|savepoint|release_savepoint|rollback_to_savepoint|set_role|kill)"
              + "|com/(query|ping|quit|statistics|reset connection|prepare|close stmt|reset stmt|field list|binlog dump.*|register slave))");

  private static final String STATEMENTS_AND_BUSY =
      """
      select event_name, cast(count_star as char)
      from performance_schema.events_statements_summary_global_by_event_name where count_star > 0
      union all select '', cast(processlist_id as char) from performance_schema.threads
      where processlist_id is not null and processlist_user not in ('event_scheduler', 'system user')
        and processlist_command not in ('Daemon', 'Sleep', 'Quit', 'Binlog Dump')
      union all select '', cast(trx_mysql_thread_id as char) from information_schema.innodb_trx
      """;

  static Glance of(AdminSession admin, Dialect dialect) {
    return of(admin.queryAtOnce(queries(dialect)));
  }

  /** What {@link #of(List)} wants the rows of. */
  static List<String> queries(Dialect dialect) {
    return List.of(dialect.positionQuery(), STATEMENTS_AND_BUSY);
  }

  static Glance of(List<List<List<String>>> results) {
    List<String> status = results.get(0).get(0);
    Map<String, Long> statements = new HashMap<>();
    Set<String> busy = new HashSet<>();
    long moves = 0;
    for (List<String> row : results.get(1)) {
      String name = row.get(0).toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        busy.add(row.get(1));
      } else if (MOVES.contains(name)) {
        moves += Long.parseLong(row.get(1));
      } else if (!HARMLESS.matcher(name).matches()) {
        statements.put(name, Long.parseLong(row.get(1)));
      }
    }
    return new Glance(
        new Position(status.get(0), Long.parseLong(status.get(1))),
        Map.copyOf(statements),
        moves,
        Set.copyOf(busy));
  }

  /** The same after a session was renewed. */
  Glance plus(SessionRenewal.Cost renewal) {
    Map<String, Long> more = new HashMap<>(statements);
    more.merge(SET, renewal.sets(), Long::sum);
    return new Glance(at, Map.copyOf(more), moves + renewal.moves(), busy);
  }

  /** Whether nothing was run since that may have left something; false where that is not known. */
  boolean showsNothingSince(Glance before) {
    return !statements.isEmpty() && statements.equals(before.statements) && at.equals(before.at);
  }
}
