package io.github.dataspaces.prepare;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What moving rows would set off or lose, out of the way until they have been moved. */
final class Suspension {

  /** What it is told in, of {@code show create trigger}'s answer. */
  private static final int DEFINITION = 2;

  private final ScriptSession session;
  private final List<String> after;

  private Suspension(ScriptSession session, List<String> after) {
    this.session = session;
    this.after = after;
  }

  static Suspension begin(ScriptSession session) throws SQLException {
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    for (String query : session.flavour().rows().suspensions()) {
      for (List<String> row : session.rows(query)) {
        before.add(row.get(0));
        for (String statement : row.subList(1, row.size())) {
          boolean definition = statement.startsWith("show create ");
          after.add(definition ? session.rows(statement).get(0).get(DEFINITION) : statement);
        }
      }
    }
    session.executeAll(before);
    return new Suspension(session, after);
  }

  void end() throws SQLException {
    session.executeAll(after);
  }
}
