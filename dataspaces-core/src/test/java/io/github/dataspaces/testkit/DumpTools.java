package io.github.dataspaces.testkit;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The engines' own dump programs, run in containers of the image that is under test. */
public final class DumpTools {

  private DumpTools() {}

  /**
   * Dumps a dataspace by its own {@code pg_dump}.
   *
   * @param into a folder, which the dump is written into
   * @param arguments the format, and {@code --file=/out/…}
   */
  public static void pgDump(String image, Dataspace dataspace, Path into, String... arguments) {
    postgres(image, dataspace, into, "pg_dump", arguments);
  }

  /**
   * Runs a program of PostgreSQL on a dataspace.
   *
   * @param folder a folder, which the program has as {@code /out}
   */
  public static void postgres(
      String image, Dataspace dataspace, Path folder, String program, String... arguments) {
    ConnectionInfo connection = dataspace.connection();
    run(
        image,
        folder,
        List.of(
            "--env=PGHOST=" + connection.host(),
            "--env=PGPORT=" + connection.port(),
            "--env=PGUSER=" + connection.username(),
            "--env=PGPASSWORD=" + connection.password(),
            "--env=PGDATABASE=" + connection.database()),
        program,
        List.of(arguments));
  }

  /** All that is in a dataspace's database, as text, by the newest {@code pg_dump}. */
  public static String plain(Dataspace dataspace) throws IOException {
    Path folder = Files.createTempDirectory("dump");
    pgDump("postgres:18", dataspace, folder, "--format=plain", "--file=/out/dump.sql");
    String dump = Files.readString(folder.resolve("dump.sql"));
    Command.run(Map.of(), "rm", "-rf", folder.toString());
    // begins and ends with a word that is new each time
    return dump.replaceAll("(?m)^\\\\(un)?restrict .*$", "");
  }

  /** All of a MySQL or MariaDB dataspace as one text, to be compared. */
  public static String plain(String image, Dataspace dataspace, Path scratch) throws IOException {
    mySqlDump(
        image, dataspace, scratch, "--skip-dump-date", "--hex-blob", "--result-file=/out/plain");
    return Files.readString(scratch.resolve("plain"));
  }

  /** Dumps a dataspace by the {@code mysqldump} or {@code mariadb-dump} of its image. */
  public static void mySqlDump(String image, Dataspace dataspace, Path into, String... arguments) {
    ConnectionInfo connection = dataspace.connection();
    boolean mariaDb = image.startsWith("mariadb");
    List<String> all = new ArrayList<>(List.of("--no-defaults"));
    if (!mariaDb) {
      all.add("--set-gtid-purged=OFF");
    }
    all.addAll(
        List.of(
            "--protocol=TCP",
            "--host=" + connection.host(),
            "--port=" + connection.port(),
            "--user=" + connection.username(),
            "--routines",
            "--triggers",
            "--events"));
    all.addAll(List.of(arguments));
    all.add(connection.database());
    run(
        image,
        into,
        List.of("--env=MYSQL_PWD=" + connection.password()),
        mariaDb ? "mariadb-dump" : "mysqldump",
        all);
  }

  private static void run(
      String image, Path into, List<String> environment, String program, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("run", "--rm", "--network=host", "--user=0"));
    command.addAll(environment);
    command.addAll(List.of("--volume=" + into + ":/out", "--entrypoint=" + program, image));
    command.addAll(arguments);
    DockerEngine.docker(command.toArray(String[]::new));
  }
}
