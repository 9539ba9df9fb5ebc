package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 16: a process that knows nothing but the environment connects. */
class EnvironmentTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @TempDir Path folder;

  @EachRuntime
  void aProcessThatUsesOnlyThatConnects(RuntimeChoice runtime) throws IOException {
    DockerEngine.requireThat(
        Command.exists("psql"), "psql is not installed: its environment is not tried");
    Dataspace dataspace =
        HOME.dataspaces()
            .create(
                HOME.spec(runtime)
                    .database("Shop")
                    .username("keeper")
                    .password("it's $5 `or` \"more\" \\ %2F@:/?#")
                    .build());
    ConnectionInfo connection = dataspace.connection();
    assertThat(psql(ConnectionFormat.SHELL, connection, "psql -Atc")).isEqualTo("Shop|keeper\n");
    assertThat(psql(ConnectionFormat.DOTENV, connection, "psql -Atc")).isEqualTo("Shop|keeper\n");
    assertThat(psql(ConnectionFormat.SHELL, connection, "psql \"$DATABASE_URL\" -Atc"))
        .isEqualTo("Shop|keeper\n");
  }

  private String psql(ConnectionFormat format, ConnectionInfo connection, String psql)
      throws IOException {
    Path file = folder.resolve("env");
    Files.writeString(file, format.render(connection));
    return Command.output(
        "env",
        "-i",
        "PATH=/usr/bin:/bin",
        "sh",
        "-c",
        "set -a; . \"$1\"; " + psql + " 'select current_database(), current_user'",
        "sh",
        file.toString());
  }
}
