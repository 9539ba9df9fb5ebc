package io.github.dataspaces.flavour;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** PostgreSQL 14 to 18. */
public final class PostgreSql implements Flavour {

  private static final String NAME = "postgres";
  static final int PORT = 5432;

  /** A third of an empty server is one log file of the usual 16 MB, and so is every copy of it. */
  static final String SMALL_LOG = "--wal-segsize=1";

  /**
   * Or else whoever is on the same machine needs no password. It does not leave the machine, so it
   * is asked for as it is: logging in by SCRAM takes a young JVM a tenth of a second, and each
   * connection a round trip more.
   */
  static final String ASKING = "password";

  private static final List<String> QUICK =
      List.of(
          "-c", "fsync=off",
          "-c", "full_page_writes=off",
          // old log files are deleted rather than kept for use again: they would be copied with
          // every snapshot
          "-c", "wal_recycle=off",
          "-c", "wal_init_zero=off",
          "-c", "max_connections=200",
          "-c", "shared_buffers=64MB");

  /** New tables and indexes are not logged. Only for a while: tests may want to replicate. */
  private static final List<String> PAST_THE_LOG =
      List.of("-c", "wal_level=minimal", "-c", "max_wal_senders=0");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> aliases() {
    return Set.of("postgresql", "pg");
  }

  @Override
  public String defaultVersion() {
    return "18";
  }

  @Override
  public String majorOf(String version) {
    return version.replaceFirst("[^0-9].*", "");
  }

  @Override
  public ContainerRecipe container() {
    String mount = "/var/lib/postgresql/data";
    return new ContainerRecipe(
        version -> NAME + ":" + version,
        PORT,
        port -> List.of("-c", "listen_addresses=127.0.0.1", "-c", "port=" + port),
        mount,
        "files",
        credentials ->
            Map.of(
                "POSTGRES_USER",
                credentials.username(),
                "POSTGRES_PASSWORD",
                credentials.password(),
                "POSTGRES_DB",
                credentials.database(),
                "POSTGRES_INITDB_ARGS",
                SMALL_LOG + " --auth-host=" + ASKING,
                "POSTGRES_HOST_AUTH_METHOD",
                ASKING,
                "PGDATA",
                mount + "/files"),
        List.of(NAME),
        Optional.empty(),
        Optional.empty(),
        "SIGINT");
  }

  @Override
  public Optional<NativeRecipe> nativeServer() {
    return Optional.of(new NativePostgreSql());
  }

  @Override
  public List<String> serverArguments(Purpose purpose) {
    return switch (purpose) {
      case DURABLE -> List.of();
      case QUICK, TESTS -> QUICK;
      case FILLING -> Stream.of(QUICK, PAST_THE_LOG).flatMap(List::stream).toList();
    };
  }

  @Override
  public List<String> jdbcUrls(String host, int port, String database) {
    return List.of("jdbc:postgresql://" + host + ":" + port + "/" + database);
  }

  @Override
  public LiveReset liveReset() {
    return LiveReset.TEMPLATES;
  }

  @Override
  public Map<String, String> driverProperties() {
    return Map.of(
        "sslmode",
        "disable",
        "gssEncMode",
        "disable",
        "connectTimeout",
        "5",
        "loginTimeout",
        "10",
        // it then says all at once what it wants to be set
        "assumeMinServerVersion",
        "14");
  }

  @Override
  public String driverArtifact() {
    return "org.postgresql:postgresql";
  }

  /** Whether it speaks TLS, see its documentation, "SSLRequest". */
  @Override
  public byte[] hail() {
    return new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 47};
  }

  @Override
  public boolean isUp(SQLException refusal) {
    String state = String.valueOf(refusal.getSQLState());
    return state.startsWith("28") || state.equals("3D000");
  }

  @Override
  public ScriptRecipe scripts() {
    return new PostgreSqlScripts();
  }

  @Override
  public DumpRecipe dumps() {
    return new PostgreSqlDumps();
  }

  @Override
  public RowRecipe rows() {
    return new PostgreSqlRows();
  }

  @Override
  public SourceRecipe source() {
    return new PostgreSqlSource();
  }

  @Override
  public String versionQuery() {
    return "select split_part(current_setting('server_version'), ' ', 1)";
  }

  @Override
  public Optional<String> linkFolder() {
    return Optional.of("pg_tblspc");
  }

  @Override
  public Optional<String> objection(String database, String username) {
    if (username.startsWith("pg_")) {
      return Optional.of("usernames that begin with pg_ are PostgreSQL's own");
    }
    return Set.of("template0", "template1").contains(database)
        ? Optional.of("the database %s is PostgreSQL's own".formatted(database))
        : Optional.empty();
  }

  @Override
  public String changePassword(String username, String password) {
    String kept =
        ScramSecret.suits(password) ? ScramSecret.of(password) : password.replace("'", "''");
    return "alter role \"%s\" password '%s'".formatted(username, kept);
  }

  @Override
  public String clientPackage() {
    return "postgresql-client";
  }

  @Override
  public List<String> client(Address address) {
    return List.of("psql", "--no-psqlrc", "--set", "ON_ERROR_STOP=1");
  }

  @Override
  public List<String> clientCommand(String command) {
    return List.of("--command", command);
  }

  @Override
  public Map<String, String> clientEnvironment(Address address) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PGHOST", address.host());
    environment.put("PGPORT", String.valueOf(address.port()));
    environment.put("PGDATABASE", address.credentials().database());
    environment.put("PGUSER", address.credentials().username());
    environment.put("PGPASSWORD", address.credentials().password());
    return environment;
  }

  @Override
  public String uri(Address address) {
    return Uris.of("postgresql", address);
  }
}
