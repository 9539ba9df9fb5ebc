package io.github.dataspaces.testkit;

import io.github.dataspaces.config.DumpFormat;
import io.github.dataspaces.dump.Statement;
import io.github.dataspaces.dump.Syntax;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.ContainerRecipe;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.DumpRecipe;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.LiveReset;
import io.github.dataspaces.flavour.NativeRecipe;
import io.github.dataspaces.flavour.PostgreSql;
import io.github.dataspaces.flavour.Purpose;
import io.github.dataspaces.flavour.RowRecipe;
import io.github.dataspaces.flavour.ScriptRecipe;
import io.github.dataspaces.flavour.SourceRecipe;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An engine that dataspaces does not know: an old PostgreSQL that keeps its files elsewhere, told
 * in the one class that a new flavour takes.
 */
public final class FourthFlavour implements Flavour {

  /** What users call it. */
  public static final String NAME = "fourth";

  private static final String DATA = "/somewhere/else";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> aliases() {
    return Set.of("4th");
  }

  @Override
  public String defaultVersion() {
    return "15";
  }

  @Override
  public String majorOf(String version) {
    return version.replaceFirst("\\..*", "");
  }

  @Override
  public ContainerRecipe container() {
    return new ContainerRecipe(
        version -> "postgres:" + version,
        5432,
        port -> List.of("-c", "listen_addresses=127.0.0.1", "-c", "port=" + port),
        DATA,
        "pg",
        credentials ->
            Map.of(
                "POSTGRES_PASSWORD",
                credentials.password(),
                "POSTGRES_DB",
                credentials.database(),
                "PGDATA",
                DATA + "/pg",
                "POSTGRES_INITDB_ARGS",
                "--auth-host=scram-sha-256"),
        List.of("postgres"),
        Optional.empty(),
        Optional.of(new ContainerRecipe.Administrator("postgres", FourthFlavour::empower)),
        "SIGTERM");
  }

  private static List<String> empower(Credentials owner) {
    return List.of(
        "create role %s superuser login password '%s'"
            .formatted(owner.username(), owner.password()));
  }

  @Override
  public Optional<NativeRecipe> nativeServer() {
    return Optional.empty();
  }

  @Override
  public List<String> serverArguments(Purpose purpose) {
    return List.of("-c", "fsync=" + (purpose == Purpose.DURABLE ? "on" : "off"));
  }

  @Override
  public List<String> jdbcUrls(String host, int port, String database) {
    return List.of(
        "jdbc:fourth://" + host, "jdbc:postgresql://" + host + ":" + port + "/" + database);
  }

  @Override
  public LiveReset liveReset() {
    return LiveReset.NONE;
  }

  @Override
  public Map<String, String> driverProperties() {
    return Map.of();
  }

  @Override
  public String driverArtifact() {
    return "org.postgresql:postgresql";
  }

  @Override
  public boolean isUp(SQLException refusal) {
    return "28P01".equals(refusal.getSQLState()) || "3D000".equals(refusal.getSQLState());
  }

  @Override
  public ScriptRecipe scripts() {
    return new FourthScripts();
  }

  @Override
  public DumpRecipe dumps() {
    return new FourthDumps();
  }

  @Override
  public SourceRecipe source() {
    return new PostgreSql().source();
  }

  @Override
  public RowRecipe rows() {
    return new PostgreSql().rows();
  }

  @Override
  public String versionQuery() {
    return "select split_part(current_setting('server_version'), ' ', 1)";
  }

  @Override
  public Optional<String> linkFolder() {
    return Optional.empty();
  }

  @Override
  public Optional<String> objection(String database, String username) {
    return Optional.empty();
  }

  @Override
  public String changePassword(String username, String password) {
    return "alter role %s password '%s'".formatted(username, password);
  }

  @Override
  public String clientPackage() {
    return "postgresql-client";
  }

  @Override
  public List<String> client(Address address) {
    return List.of("psql", "--no-psqlrc");
  }

  @Override
  public List<String> clientCommand(String command) {
    return List.of("--command", command);
  }

  @Override
  public Map<String, String> clientEnvironment(Address address) {
    Credentials credentials = address.credentials();
    return Map.of(
        "PGHOST", address.host(),
        "PGPORT", String.valueOf(address.port()),
        "PGUSER", credentials.username(),
        "PGPASSWORD", credentials.password(),
        "PGDATABASE", credentials.database());
  }

  @Override
  public String uri(Address address) {
    return "fourth://" + address.host();
  }

  private record FourthDumps() implements DumpRecipe {

    @Override
    public List<DumpFormat> formats() {
      return List.of(DumpFormat.PLAIN);
    }

    @Override
    public Optional<String> inexact() {
      return Optional.empty();
    }

    @Override
    public String program() {
      return "pg_dump";
    }

    @Override
    public boolean fits(String programVersion, String serverVersion) {
      return true;
    }

    @Override
    public List<String> places() {
      return List.of();
    }

    @Override
    public String remedy(String serverVersion) {
      return "Install it";
    }

    @Override
    public List<String> arguments(DumpFormat format, Address address, Predicate<String> knows) {
      return List.of("--inserts");
    }
  }

  /** Scripts whose statements end with a line that says {@code go}, each sent by itself. */
  private record FourthScripts() implements ScriptRecipe {

    @Override
    public Optional<String> watchesInserts() {
      return Optional.empty();
    }

    @Override
    public Syntax syntax() {
      return new Syntax("\ngo\n", Set.of());
    }

    @Override
    public Set<String> understands() {
      return Set.of();
    }

    @Override
    public boolean readsArchives() {
      return false;
    }

    @Override
    public int atOnce() {
      return 1;
    }

    @Override
    public String settingsQuery() {
      return "select 'set schema public'";
    }

    @Override
    public boolean endsTransactionsOnErrors() {
      return true;
    }

    @Override
    public Map<String, String> driverProperties() {
      return Map.of();
    }

    @Override
    public Optional<Count> count() {
      return Optional.empty();
    }

    @Override
    public List<String> begin() {
      return List.of();
    }

    @Override
    public Treatment treat(Statement statement, Credentials own) {
      return Treatment.RUN;
    }

    @Override
    public Optional<Pardon> pardon(SQLException refusal, Statement statement) {
      return Optional.empty();
    }

    @Override
    public Optional<String> partsQuery() {
      return Optional.empty();
    }

    @Override
    public List<String> dropForeignKey(String table, String key) {
      return List.of();
    }

    @Override
    public List<String> dropTable(String table) {
      return List.of("drop table " + table + " cascade");
    }

    @Override
    public String analyse(String table) {
      return "analyze " + table;
    }
  }
}
