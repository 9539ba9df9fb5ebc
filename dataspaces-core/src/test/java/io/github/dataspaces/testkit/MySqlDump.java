package io.github.dataspaces.testkit;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.DataspaceInfo;
import java.util.ArrayList;
import java.util.List;

/** A whole server as text, by its own dump program in its container. */
public final class MySqlDump {

  private MySqlDump() {}

  /** Every database, with what is not in tables, and the system's own tables. */
  public static String of(TestHome home, Dataspace dataspace) {
    DataspaceInfo info = dataspace.info();
    String container = DockerEngine.containersOf(home.id(), dataspace.name()).get(0);
    List<String> command =
        new ArrayList<>(List.of("exec", "--env", "MYSQL_PWD=" + dataspace.connection().password()));
    command.add(container);
    command.add(info.flavour().equals("mysql") ? "mysqldump" : "mariadb-dump");
    command.add("--no-defaults");
    if (info.flavour().equals("mysql")) {
      // else it warns, in the middle of the dump
      command.add("--set-gtid-purged=OFF");
    }
    command.addAll(
        List.of(
            "--protocol=TCP",
            "--host=127.0.0.1",
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
    return DockerEngine.docker(command.toArray(String[]::new));
  }
}
