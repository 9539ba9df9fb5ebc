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

  static final int PORT = 3306;
  static final String ROOT = "root";
  private static final String MOUNT = "/var/lib/mysql";
  private static final String FILES = "files";

  /** What was written, so that it can be taken back. */
  private static final List<String> ROW_LOG =
      List.of(
          "--log-bin=dataspaces-log",
          "--server-id=1",
          "--binlog-format=ROW",
          "--binlog-checksum=NONE",
          "--sync-binlog=0",
          "--max-binlog-size=64M",
          "--binlog-expire-logs-seconds=60",
          // a log makes servers refuse functions that are allowed without one
          "--log-bin-trust-function-creators=ON");

  /** Counters of what was written to each table and of statements, and who is in a transaction. */
  private static final List<String> ROW_COUNTERS =
      List.of(
          "--performance-schema=ON",
          "--performance-schema-instrument=%=OFF",
          "--performance-schema-instrument=wait/io/table/sql/handler=COUNTED",
          "--performance-schema-instrument=statement/%=COUNTED",
          "--performance-schema-instrument=transaction=ON",
          "--performance-schema-consumer-events-transactions-current=ON",
          "--performance-schema-accounts-size=0",
          "--performance-schema-hosts-size=0",
          "--performance-schema-users-size=0",
          "--performance-schema-digests-size=0",
          "--performance-schema-max-digest-length=0",
          "--performance-schema-events-statements-history-size=0",
          "--performance-schema-events-statements-history-long-size=0",
          "--performance-schema-events-waits-history-size=0",
          "--performance-schema-events-waits-history-long-size=0",
          "--performance-schema-events-stages-history-size=0",
          "--performance-schema-events-stages-history-long-size=0",
          "--performance-schema-events-transactions-history-size=0",
          "--performance-schema-events-transactions-history-long-size=0",
          "--performance-schema-session-connect-attrs-size=0",
          "--performance-schema-max-memory-classes=0",
          "--performance-schema-max-mutex-classes=0",
          "--performance-schema-max-rwlock-classes=0",
          "--performance-schema-max-cond-classes=0",
          "--performance-schema-max-file-classes=0",
          "--performance-schema-max-socket-classes=0",
          "--performance-schema-max-stage-classes=0");

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

  /** What spares a server work at its start. Not for an image's entrypoint, whose client minds. */
  abstract List<String> startArguments();

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
        // another protocol would have a port of its own
        port -> List.of("--bind-address=127.0.0.1", "--port=" + port, "--loose-mysqlx=OFF"),
        MOUNT,
        FILES,
        MySqlFamily::environment,
        List.of(program(), files),
        // the entrypoint starts the server twice to ask it for its settings
        Optional.of(restart(files)),
        Optional.of(new ContainerRecipe.Administrator(ROOT, MySqlFamily::empower)),
        "SIGTERM");
  }

  private List<String> restart(String files) {
    List<String> restart = new ArrayList<>(List.of(program(), "--user=mysql", files));
    restart.addAll(startArguments());
    return List.copyOf(restart);
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
    return owner.username().equals(ROOT) ? List.of() : List.of(empower(owner.username(), "%"));
  }

  /** Lets a user do everything. */
  static String empower(String username, String host) {
    return "grant all on *.* to '%s'@'%s' with grant option".formatted(username, host);
  }

  /** A password as a statement says it. */
  static String identifiedBy(String password) {
    return " identified by '%s'".formatted(password.replace("\\", "\\\\").replace("'", "''"));
  }

  @Override
  public List<String> serverArguments(Purpose purpose) {
    List<String> arguments = new ArrayList<>(lastingArguments());
    if (purpose != Purpose.DURABLE) {
      arguments.addAll(
          List.of(
              // written at each commit, so that a killed server loses none, but not flushed to disk
              "--innodb-flush-log-at-trx-commit=2",
              "--innodb-doublewrite=OFF",
              "--innodb-buffer-pool-size=64M",
              "--innodb-buffer-pool-dump-at-shutdown=OFF",
              "--innodb-buffer-pool-load-at-startup=OFF",
              "--max-connections=200"));
      arguments.addAll(ephemeralArguments());
    }
    switch (purpose) {
      case TESTS -> {
        arguments.addAll(ROW_LOG);
        arguments.addAll(ROW_COUNTERS);
      }
      case QUICK, FILLING ->
          arguments.addAll(List.of("--skip-log-bin", "--performance-schema=OFF"));
      case DURABLE -> {
        // as the makers ship it
      }
    }
    return List.copyOf(arguments);
  }

  @Override
  public LiveReset liveReset() {
    return LiveReset.ROW_LOG;
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
  public RowRecipe rows() {
    return new MySqlRows();
  }

  @Override
  public SourceRecipe source() {
    return new MySqlSource(this instanceof MariaDb);
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
    String by = identifiedBy(password);
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
