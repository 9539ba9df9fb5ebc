package io.github.dataspaces.prepare;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of a {@code COPY … FROM stdin} that has no rows yet, and nothing that would notice how
 * it gets them. Truncated in the same transaction, such a table is filled without the server's log
 * (with {@code wal_level=minimal}), and with rows that nobody has to look at again ({@code
 * FREEZE}).
 *
 * @param name as the statement says it
 * @see <a href="https://www.postgresql.org/docs/current/populate.html">Populating a Database</a>
 */
record FreshTable(String name) {

  /** Names and columns only: whoever says more has reasons. */
  private static final Pattern COPY =
      Pattern.compile(
          "(?is)\\s*copy\\s+((?:\"(?:[^\"]|\"\")+\"|[\\w$.])+)\\s*(?:\\((?:\"(?:[^\"]|\"\")+\"|[^\")])*\\))?\\s*from\\s+stdin\\s*");

  /** The flag stands for foreign keys, too; the size is that of rows of whatever time. */
  private static final String FRESH =
      """
      select count(*) from pg_catalog.pg_class
      where oid = pg_catalog.to_regclass('%s') and relkind = 'r' and not relhastriggers
      and not relrowsecurity and pg_catalog.pg_relation_size(oid) = 0
      and pg_catalog.has_table_privilege(oid, 'truncate')
      """;

  /** That of a statement; empty if it is another. */
  static Optional<FreshTable> of(String copy, ScriptSession session) throws SQLException {
    Matcher statement = COPY.matcher(copy);
    if (!statement.matches()) {
      return Optional.empty();
    }
    String name = statement.group(1);
    return session.number(FRESH.formatted(name.replace("'", "''"))) == 1
        ? Optional.of(new FreshTable(name))
        : Optional.empty();
  }

  /** Begins the transaction that fills it. */
  String begin() {
    return "begin; truncate only " + name;
  }
}
