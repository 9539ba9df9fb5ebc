package io.github.dataspaces.flavour;

import io.github.dataspaces.config.LiveSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from a MySQL or MariaDB server.
 *
 * @param mariaDb whether it is the latter
 */
record MySqlSource(boolean mariaDb) implements SourceRecipe {

  private static final Set<String> WITHOUT_TLS = Set.of("disable", "disabled", "");

  @Override
  public Set<String> schemes() {
    return Set.of("mysql", "mariadb");
  }

  @Override
  public List<String> urls(LiveSource source) {
    String permit = source.url().contains("?") ? "&" : "?";
    return List.of(source.url(), source.url() + permit + "permitMysqlScheme=true");
  }

  @Override
  public boolean isOwn(String version) {
    return version.contains("MariaDB") == mariaDb && !version.startsWith("PostgreSQL");
  }

  @Override
  public List<String> schemaCommand(LiveSource source) {
    List<String> command =
        new ArrayList<>(List.of(mariaDb ? "mariadb-dump" : "mysqldump", "--no-defaults"));
    String tls = source.parameter("sslMode").orElse("").toLowerCase(Locale.ROOT);
    if (!mariaDb) {
      command.add("--set-gtid-purged=OFF");
    } else if (WITHOUT_TLS.contains(tls)) {
      // as the driver does; its own default is to refuse a server that has none
      command.add("--skip-ssl");
    }
    command.addAll(
        List.of(
            "--protocol=TCP",
            "--host=" + source.host(),
            "--port=" + source.port().orElse(MySqlFamily.PORT),
            "--user=" + source.username(),
            "--no-data",
            "--routines",
            "--triggers",
            "--events",
            "--no-tablespaces",
            "--skip-lock-tables",
            source.database()));
    return List.copyOf(command);
  }

  @Override
  public Map<String, String> environment(LiveSource source) {
    return Map.of("MYSQL_PWD", source.password());
  }

  @Override
  public Optional<String> sequences() {
    return Optional.empty();
  }

  @Override
  public List<String> begin() {
    return List.of("set session time_zone = '+00:00'", "set session sql_mode = ''");
  }
}
