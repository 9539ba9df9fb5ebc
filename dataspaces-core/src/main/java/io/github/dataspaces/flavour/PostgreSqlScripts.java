package io.github.dataspaces.flavour;

import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.dump.Syntax;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Scripts for psql, and what {@code pg_dump} makes. */
final class PostgreSqlScripts implements ScriptRecipe {

  private static final String NAME = "((?:\"(?:[^\"]|\"\")+\"|[\\w$.])+)";
  private static final Pattern INDEX =
      Pattern.compile("(?s)CREATE (?:UNIQUE )?INDEX \\S+ ON (?:ONLY )?" + NAME + " USING .*");
  private static final Pattern CONSTRAINT =
      Pattern.compile(
          "(?s)ALTER TABLE (?:ONLY )?"
              + NAME
              + "\\s+ADD CONSTRAINT \\S+ (?:PRIMARY KEY|UNIQUE) .*");
  private static final int LONGEST_INDEX = 500;

  /** Unless one table takes longer than all others, there is work for all sessions to the end. */
  private static final String ONE_PROCESS =
      """
      select set_config('max_parallel_maintenance_workers', '0', false) from pg_class
      where relkind = 'r' and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      having max(pg_table_size(oid)) * %s <= sum(pg_table_size(oid))
      """;

  private static final String SETTINGS =
      "select string_agg(format('select set_config(%L, %L, false)', name, setting), ';') from pg_settings where source = 'session'";

  private static final String UNDEFINED_OBJECT = "42704";
  private static final Pattern OF_DATABASE =
      Pattern.compile("(?is)(create|drop|alter|comment\\s+on)\\s+database\\b.*");
  private static final Pattern ON_DATABASE =
      Pattern.compile("(?is)(grant|revoke)\\b.{0,200}\\bon\\s+database\\b.*");
  private static final Pattern OF_ROLE =
      Pattern.compile(
          "(?is)(create|alter|drop)\\s+(role|user)\\s+(?:if\\s+exists\\s+)?\"?([^\\s\";]+).*");
  private static final Pattern MISSING_ROLE =
      Pattern.compile("role \"(.+)\" does not exist", Pattern.DOTALL);
  private static final Pattern ABOUT_EXTENSION =
      Pattern.compile("(?is)comment\\s+on\\s+extension\\b.*");
  private static final Pattern PUBLIC_SCHEMA =
      Pattern.compile("(?is)create\\s+schema\\s+\"?public\"?\\s*");
  private static final int HEAD = 300;

  @Override
  public Syntax syntax() {
    return Syntax.PSQL;
  }

  @Override
  public Set<String> understands() {
    return Set.of("PostgreSQL");
  }

  @Override
  public boolean readsArchives() {
    return true;
  }

  /** Rules of the server's own tables have smaller numbers, and those of views are no such. */
  @Override
  public Optional<String> watchesInserts() {
    return Optional.of(
        "select exists (select from pg_trigger where not tgisinternal) or exists (select from pg_rewrite where ev_type <> '1' and ev_class >= 16384)");
  }

  @Override
  public int atOnce() {
    return 1000;
  }

  @Override
  public Optional<String> indexedTable(Statement statement) {
    Matcher index = INDEX.matcher(statement.head(LONGEST_INDEX));
    Matcher constraint = CONSTRAINT.matcher(statement.head(LONGEST_INDEX));
    return index.matches()
        ? Optional.of(index.group(1))
        : constraint.matches() ? Optional.of(constraint.group(1)) : Optional.empty();
  }

  @Override
  public List<String> beginIndexes(int sessions) {
    return List.of(ONE_PROCESS.formatted(sessions));
  }

  @Override
  public String settingsQuery() {
    return SETTINGS;
  }

  @Override
  public boolean endsTransactionsOnErrors() {
    return true;
  }

  /** Otherwise the driver takes a text with several statements apart, and sends them one by one. */
  @Override
  public Map<String, String> driverProperties() {
    return Map.of("preferQueryMode", "extendedForPrepared");
  }

  @Override
  public Optional<Count> count() {
    return Optional.empty();
  }

  @Override
  public List<String> begin() {
    return List.of(
        "set synchronous_commit = off",
        "set maintenance_work_mem = '256MB'",
        "set client_min_messages = warning");
  }

  @Override
  public Treatment treat(Statement statement, Credentials own) {
    return switch (statement.keyword()) {
      case "CREATE", "DROP", "ALTER", "COMMENT", "GRANT", "REVOKE" ->
          isOfServer(statement.head(HEAD), own) ? Treatment.SKIP : Treatment.RUN;
      default -> Treatment.RUN;
    };
  }

  private static boolean isOfServer(String head, Credentials own) {
    Matcher role = OF_ROLE.matcher(head);
    return OF_DATABASE.matcher(head).matches()
        || ON_DATABASE.matcher(head).matches()
        || (role.matches() && role.group(3).equals(own.username()));
  }

  @Override
  public Optional<Pardon> pardon(SQLException refusal, Statement statement) {
    String state = String.valueOf(refusal.getSQLState());
    String head = statement.head(HEAD);
    Matcher role = MISSING_ROLE.matcher(String.valueOf(refusal.getMessage()));
    if (state.equals(UNDEFINED_OBJECT) && role.find() && !statement.keyword().equals("DROP")) {
      // whoever owned it where it was dumped: nobody can log in, and it is still who owns it
      return Optional.of(
          new Pardon(
              List.of(
                  "create role \"%s\" nologin".formatted(role.group(1).replace("\"", "\"\"")))));
    }
    boolean harmless =
        switch (state) {
          // a setting of a newer version
          case UNDEFINED_OBJECT ->
              statement.keyword().equals("SET") || ABOUT_EXTENSION.matcher(head).matches();
          case "42501" -> ABOUT_EXTENSION.matcher(head).matches();
          case "42P06" -> PUBLIC_SCHEMA.matcher(head).matches();
          case "42710" -> head.toUpperCase(Locale.ROOT).startsWith("CREATE ROLE");
          default -> false;
        };
    return harmless ? Optional.of(Pardon.PASS) : Optional.empty();
  }

  @Override
  public Optional<String> partsQuery() {
    return Optional.of(
        """
        select wn.nspname, w.relname, pn.nspname, p.relname, p.relispartition
        from pg_catalog.pg_inherits i
        join pg_catalog.pg_class w on w.oid = i.inhparent
        join pg_catalog.pg_namespace wn on wn.oid = w.relnamespace
        join pg_catalog.pg_class p on p.oid = i.inhrelid
        join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
        where w.relkind in ('r', 'p')
        """);
  }

  @Override
  public List<String> dropForeignKey(String table, String key) {
    return List.of();
  }

  @Override
  public List<String> dropTable(String table) {
    return List.of("drop table if exists " + table + " cascade");
  }

  @Override
  public String analyse(String table) {
    return "analyze " + table;
  }
}
