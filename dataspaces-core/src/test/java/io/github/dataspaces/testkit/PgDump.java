package io.github.dataspaces.testkit;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.Dataspace;
import java.util.stream.Collectors;

/** What PostgreSQL's own tools dump. They come from an image, and are not older than any server. */
public final class PgDump {

  private static final String IMAGE = "postgres:18";

  private static final String SCRIPT =
      """
      set -eu
      pg_dumpall --globals-only
      psql --no-psqlrc -Atc 'select datname from pg_database where datallowconn order by 1' |
      while IFS= read -r database; do
        echo "== database $database"
        pg_dump --format=plain --create --dbname "dbname='$database'"
      done
      """;

  private PgDump() {}

  /** The plain dump of every database of a running dataspace's server, roles included. */
  public static String of(Dataspace dataspace) {
    ConnectionInfo connection = dataspace.connection();
    String dump =
        DockerEngine.docker(
            "run",
            "--rm",
            "--network=host",
            "--env=PGHOST=" + connection.host(),
            "--env=PGPORT=" + connection.port(),
            "--env=PGUSER=" + connection.username(),
            "--env=PGPASSWORD=" + connection.password(),
            "--env=PGDATABASE=" + connection.database(),
            "--entrypoint=bash",
            IMAGE,
            "-c",
            SCRIPT);
    // newer tools begin and end with a word that is new each time
    return dump.lines()
        .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
        .collect(Collectors.joining("\n"));
  }
}
