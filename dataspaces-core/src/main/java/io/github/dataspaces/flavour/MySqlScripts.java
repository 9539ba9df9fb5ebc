package io.github.dataspaces.flavour;

import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.dump.Syntax;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Scripts for the {@code mysql} and {@code mariadb} clients, and what their dump programs make. */
final class MySqlScripts implements ScriptRecipe {

  private static final Pattern USE = Pattern.compile("(?is)use\\s+`?([^`;\\s]+)`?.*");
  private static final Pattern OF_DATABASE =
      Pattern.compile(
          "(?is)(?:/\\*!\\d*\\s*)?(create|drop|alter)\\s+(?:/\\*!\\d*\\s*)?(database|schema)\\b.*");
  private static final Pattern GTID = Pattern.compile("(?is)set\\s+@@global\\.gtid_purged.*");
  private static final Pattern LOG = Pattern.compile("(?is)set\\s+@@session\\.sql_log_bin.*");

  /** Nobody else is there to be kept out, and a transaction would end them. */
  private static final Pattern LOCK = Pattern.compile("(?is)(un)?lock\\s+tables\\b.*");

  private static final Pattern SETTING = Pattern.compile("(?is)(/\\*M?!\\d*\\s*)?set\\b.*");

  /**
   * Statistics are made when all is there, and nobody asks for what an import has come to that was
   * cut short. Only MySQL from 8.0.21 on understands what is in such a comment.
   */
  private static final List<String> BULK_BEGIN =
      List.of(
          "set @dataspaces_recalc = @@global.innodb_stats_auto_recalc, @dataspaces_pool = @@global.innodb_buffer_pool_size",
          "set global innodb_stats_auto_recalc = off",
          "set global innodb_buffer_pool_size = greatest(@dataspaces_pool, 268435456)",
          "/*!80021 alter instance disable innodb redo_log */");

  private static final List<String> BULK_END =
      List.of(
          "/*!80021 alter instance enable innodb redo_log */",
          "set global innodb_buffer_pool_size = @dataspaces_pool",
          "set global innodb_stats_auto_recalc = @dataspaces_recalc");

  /**
   * Memory is taken and given back in the background; MySQL does not heed what it is told
   * meanwhile.
   */
  private static final String BULK_LEFT =
      "select @@global.innodb_buffer_pool_size <> @dataspaces_pool";

  private static final String SETTINGS =
      """
      select concat('set session foreign_key_checks = ', @@session.foreign_key_checks, ', unique_checks = ', @@session.unique_checks,
        ', sql_mode = ', quote(@@session.sql_mode), ', time_zone = ', quote(@@session.time_zone),
        ', character_set_client = ', @@session.character_set_client, ', collation_connection = ', @@session.collation_connection)
      """;

  private static final int HEAD = 300;
  private static final int UNKNOWN_VARIABLE = 1193;

  /** A comment that only other versions run. */
  private static final int EMPTY = 1065;

  /** What MariaDB refuses to be told meanwhile, by a number that stands for much else. */
  private static final String RESIZING = "resize is already in progress";

  private static final Pardon AGAIN = new Pardon(List.of("do sleep(0.02)"));

  @Override
  public Syntax syntax() {
    return Syntax.MYSQL;
  }

  @Override
  public Set<String> understands() {
    return Set.of("MySQL", "MariaDB");
  }

  @Override
  public boolean readsArchives() {
    return false;
  }

  @Override
  public Optional<String> watchesInserts() {
    return Optional.empty();
  }

  @Override
  public int atOnce() {
    return 1000;
  }

  @Override
  public Optional<ConcurrencyRecipe> concurrency() {
    return Optional.of(new MySqlConcurrency());
  }

  @Override
  public String settingsQuery() {
    return SETTINGS;
  }

  @Override
  public boolean endsTransactionsOnErrors() {
    return false;
  }

  @Override
  public Map<String, String> driverProperties() {
    return Map.of("allowMultiQueries", "true");
  }

  /** Tables without transactions keep what was done before a statement that is refused. */
  @Override
  public Optional<Count> count() {
    return Optional.of(new Count("set @dataspaces_done = %s", "select @dataspaces_done"));
  }

  @Override
  public List<String> begin() {
    return List.of();
  }

  @Override
  public Bulk bulk() {
    return new Bulk(BULK_BEGIN, BULK_END, Optional.of(BULK_LEFT));
  }

  @Override
  public Treatment treat(Statement statement, Credentials own) {
    if (statement.keyword().equals("INSERT")) {
      return Treatment.RUN;
    }
    String head = statement.head(HEAD);
    Matcher use = USE.matcher(head);
    if (statement.keyword().equals("USE") && use.matches()) {
      return Treatment.goTo(use.group(1));
    }
    boolean ofServer =
        OF_DATABASE.matcher(head).matches()
            || GTID.matcher(head).matches()
            || LOG.matcher(head).matches();
    return ofServer || LOCK.matcher(head).matches() ? Treatment.SKIP : Treatment.RUN;
  }

  @Override
  public Optional<Pardon> pardon(SQLException refusal, Statement statement) {
    boolean setting = SETTING.matcher(statement.head(HEAD)).matches();
    int code = refusal.getErrorCode();
    if (setting && String.valueOf(refusal.getMessage()).contains(RESIZING)) {
      return Optional.of(AGAIN);
    }
    return code == EMPTY || (code == UNKNOWN_VARIABLE && setting)
        ? Optional.of(Pardon.PASS)
        : Optional.empty();
  }

  @Override
  public Optional<String> partsQuery() {
    return Optional.empty();
  }

  @Override
  public List<String> dropForeignKey(String table, String key) {
    return List.of("alter table %s drop foreign key %s".formatted(table, key));
  }

  @Override
  public List<String> dropTable(String table) {
    return List.of("set foreign_key_checks = 0", "drop table " + table);
  }

  @Override
  public String analyse(String table) {
    return "analyze table " + table;
  }
}
