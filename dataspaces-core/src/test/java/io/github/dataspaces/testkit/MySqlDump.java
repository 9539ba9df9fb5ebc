package io.github.dataspaces.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.DataspaceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A whole server as text, by the dump program that came with it. */
public final class MySqlDump {

  private MySqlDump() {}

  /** Every database, with what is not in tables, and the system's own tables. */
  public static String of(TestHome home, Dataspace dataspace) {
    DataspaceInfo info = dataspace.info();
    List<String> command = new ArrayList<>(program(home, info));
    command.add("--no-defaults");
    if (info.flavour().equals("mysql")) {
      // else it warns, in the middle of the dump
      command.add("--set-gtid-purged=OFF");
    } else {
      // the same
      command.add("--skip-ssl");
    }
    command.addAll(
        List.of(
            "--protocol=TCP",
            "--host=127.0.0.1",
            "--port=" + port(home, info),
            "--user=" + info.username(),
            "--all-databases",
            "--routines",
            "--events",
            "--triggers",
            "--hex-blob",
            "--skip-dump-date",
            // hundreds of thousands of rows that nobody touches
            "--ignore-table=mysql.time_zone",
            "--ignore-table=mysql.time_zone_name",
            "--ignore-table=mysql.time_zone_transition",
            "--ignore-table=mysql.time_zone_transition_type",
            // the server counts the rows again whenever it likes
            "--ignore-table=mysql.innodb_index_stats",
            "--ignore-table=mysql.innodb_table_stats"));
    Command.Result result =
        Command.run(
            Map.of("MYSQL_PWD", dataspace.connection().password()), command.toArray(String[]::new));
    assertThat(result.exit()).as(result.output()).isZero();
    return result.output();
  }

  private static int port(TestHome home, DataspaceInfo info) {
    return isNative(info)
        ? info.port()
        : DockerEngine.portInside(container(home, info), 3306, info.port());
  }

  private static String container(TestHome home, DataspaceInfo info) {
    return DockerEngine.containersOf(home.id(), info.name()).get(0);
  }

  private static List<String> program(TestHome home, DataspaceInfo info) {
    if (isNative(info)) {
      return List.of(home.folder().resolve("runtimes/" + info.source()) + "/bin/mariadb-dump");
    }
    return List.of(
        "docker",
        "exec",
        "--env",
        "MYSQL_PWD",
        container(home, info),
        info.flavour().equals("mysql") ? "mysqldump" : "mariadb-dump");
  }

  private static boolean isNative(DataspaceInfo info) {
    return info.runtime().equals("embedded");
  }
}
