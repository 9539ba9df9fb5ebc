package io.github.dataspaces.flavour;

import io.github.dataspaces.config.LiveSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads from a PostgreSQL server. */
final class PostgreSqlSource implements SourceRecipe {

  @Override
  public Set<String> schemes() {
    return Set.of("postgresql");
  }

  @Override
  public List<String> urls(LiveSource source) {
    return List.of(source.url());
  }

  @Override
  public boolean isOwn(String version) {
    return version.startsWith("PostgreSQL");
  }

  @Override
  public List<String> schemaCommand(LiveSource source) {
    return List.of(
        "pg_dump",
        "--format=custom",
        "--compress=0",
        "--schema-only",
        "--no-tablespaces",
        // a copy must not take part in what the original does
        "--no-publications",
        "--no-subscriptions");
  }

  @Override
  public Map<String, String> environment(LiveSource source) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PGHOST", source.host());
    environment.put("PGPORT", String.valueOf(source.port().orElse(PostgreSql.PORT)));
    environment.put("PGDATABASE", source.database());
    environment.put("PGUSER", source.username());
    environment.put("PGPASSWORD", source.password());
    environment.put("PGCONNECT_TIMEOUT", "10");
    source.parameter("sslmode").ifPresent(mode -> environment.put("PGSSLMODE", mode));
    source.parameter("sslrootcert").ifPresent(file -> environment.put("PGSSLROOTCERT", file));
    return environment;
  }

  /** Some are not there, where their table is not wanted. */
  @Override
  public Optional<String> sequences() {
    return Optional.of(
        """
        select pg_catalog.format(
          'select pg_catalog.setval(s, %s, true) from pg_catalog.to_regclass(%L) s where s is not null',
          last_value, pg_catalog.format('%I.%I', schemaname, sequencename))
        from pg_catalog.pg_sequences where last_value is not null
        """);
  }

  @Override
  public List<String> begin() {
    return List.of(
        // rows that are hidden from the reader are missed with an error, and not silently
        "set row_security = off",
        "set statement_timeout = 0",
        "set idle_in_transaction_session_timeout = 0",
        "set intervalstyle = postgres");
  }
}
