package io.github.dataspaces.flavour;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What MySQL and MariaDB have in common. */
abstract sealed class MySqlFamily implements Flavour permits MySql, MariaDb {

  private static final int PORT = 3306;
  private static final String ROOT = "root";
  private static final String MOUNT = "/var/lib/mysql";
  private static final String FILES = "files";
  private static final Set<String> OWN_DATABASES =
      Set.of("mysql", "information_schema", "performance_schema", "sys");

  /** As its makers call it. */
  abstract String title();

  /** The server program in the image. */
  abstract String program();

  /** The client program in the image. */
  abstract String clientProgram();

  /** What its client needs beyond the address to go about it quietly. */
  abstract List<String> clientOptions();

  /** The longest name that a user may have. */
  abstract int longestUsername();

  /** What makes an empty server of a version that is thrown away small and quick. */
  abstract List<String> ephemeralArguments();

  /** The arguments that a server has in either case. */
  abstract List<String> lastingArguments();

  @Override
  public String majorOf(String version) {
    // files of 8.0 cannot be used by 8.4, nor the other way round
    return version.replaceFirst("^([0-9]+(?:\\.[0-9]+)?).*", "$1");
  }

  @Override
  public ContainerRecipe container() {
    String files = "--datadir=" + MOUNT + "/" + FILES;
    return new ContainerRecipe(
        version -> name() + ":" + version,
        PORT,
        MOUNT,
        FILES,
        MySqlFamily::environment,
        List.of(program(), files),
        // the entrypoint starts the server twice to ask it for its settings
        Optional.of(List.of(program(), "--user=mysql", files)),
        Optional.of(new ContainerRecipe.Administrator(ROOT, MySqlFamily::empower)),
        "SIGTERM");
  }

  private static Map<String, String> environment(Credentials credentials) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("MYSQL_ROOT_PASSWORD", credentials.password());
    environment.put("MYSQL_DATABASE", credentials.database());
    if (!credentials.username().equals(ROOT)) {
      environment.put("MYSQL_USER", credentials.username());
      environment.put("MYSQL_PASSWORD", credentials.password());
    }
    return environment;
  }

  private static List<String> empower(Credentials owner) {
    return owner.username().equals(ROOT)
        ? List.of()
        : List.of("grant all on *.* to '%s'@'%%' with grant option".formatted(owner.username()));
  }

  @Override
  public List<String> serverArguments(boolean durable) {
    List<String> arguments = new ArrayList<>(lastingArguments());
    if (!durable) {
      arguments.addAll(
          List.of(
              // written at each commit, so that a killed server loses none, but not flushed to disk
              "--innodb-flush-log-at-trx-commit=2",
              "--innodb-doublewrite=OFF",
              "--skip-log-bin",
              "--innodb-buffer-pool-size=64M",
              "--innodb-buffer-pool-dump-at-shutdown=OFF",
              "--innodb-buffer-pool-load-at-startup=OFF",
              "--performance-schema=OFF",
              "--max-connections=200"));
      arguments.addAll(ephemeralArguments());
    }
    return List.copyOf(arguments);
  }

  @Override
  public Map<String, String> driverProperties() {
    return Map.of("connectTimeout", "5000");
  }

  @Override
  public boolean isUp(SQLException refusal) {
    int unknownDatabase = 1049;
    return "28000".equals(refusal.getSQLState()) || refusal.getErrorCode() == unknownDatabase;
  }

  @Override
  public ScriptRecipe scripts() {
    return new MySqlScripts();
  }

  @Override
  public String versionQuery() {
    return "select substring_index(version(), '-', 1)";
  }

  @Override
  public Optional<String> linkFolder() {
    return Optional.empty();
  }

  @Override
  public Optional<String> objection(String database, String username) {
    if (OWN_DATABASES.contains(database.toLowerCase(Locale.ROOT))) {
      return Optional.of("the database %s is %s's own".formatted(database, title()));
    }
    return username.length() > longestUsername()
        ? Optional.of(
            "%s's usernames have at most %d characters".formatted(title(), longestUsername()))
        : Optional.empty();
  }

  @Override
  public String changePassword(String username, String password) {
    String by = " identified by '%s'".formatted(password.replace("\\", "\\\\").replace("'", "''"));
    return "alter user if exists '%s'@'%%'%s, 'root'@'localhost'%s%s"
        .formatted(username, by, by, username.equals(ROOT) ? "" : ", 'root'@'%'" + by);
  }

  @Override
  public List<String> client(Address address) {
    List<String> client = new ArrayList<>(List.of(clientProgram(), "--no-defaults"));
    client.addAll(clientOptions());
    client.addAll(
        List.of(
            "--protocol=TCP",
            "--host=" + address.host(),
            "--port=" + address.port(),
            "--user=" + address.credentials().username(),
            "--database=" + address.credentials().database()));
    return List.copyOf(client);
  }

  @Override
  public List<String> clientCommand(String command) {
    return List.of("--execute=" + command);
  }

  @Override
  public Map<String, String> clientEnvironment(Address address) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("MYSQL_HOST", address.host());
    environment.put("MYSQL_TCP_PORT", String.valueOf(address.port()));
    environment.put("MYSQL_DATABASE", address.credentials().database());
    environment.put("MYSQL_USER", address.credentials().username());
    environment.put("MYSQL_PWD", address.credentials().password());
    return environment;
  }

  @Override
  public String uri(Address address) {
    return Uris.of("mysql", address);
  }
}
