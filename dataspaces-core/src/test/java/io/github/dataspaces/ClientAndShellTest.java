package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.OtherJvm;
import io.github.dataspaces.testkit.TestHome;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 7: the engine's own client, and a shell. Both use the streams of their process. */
class ClientAndShellTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void openOnTheRightDatabase(RuntimeChoice runtime) {
    if (runtime == RuntimeChoice.EMBEDDED) {
      DockerEngine.requireThat(
          Command.exists("psql"), "psql is not installed: the native client is skipped");
    }
    Dataspace dataspace =
        HOME.dataspaces().create(HOME.spec(runtime).database("shop").username("keeper").build());
    String query = "select current_database(), current_user, inet_server_port()";
    try (OtherJvm jvm = OtherJvm.in(HOME.folder())) {
      OtherJvm.Answer client = jvm.attempt("client", dataspace.name(), query);
      assertThat(client.text()).isEqualTo("0");
      assertThat(client.output()).containsPattern("shop *\\| keeper");

      OtherJvm.Answer failed = jvm.attempt("client", dataspace.name(), "select * from nowhere");
      assertThat(failed.text()).isNotEqualTo("0");

      OtherJvm.Answer shell =
          jvm.attempt("shell", dataspace.name(), "psql -Atc 'select current_database()'; exit 7");
      assertThat(shell.text()).isEqualTo("7");
      assertThat(shell.output()).contains("shop");
    }
  }

  @EachRuntime
  void showNoPasswordInTheProcessList(RuntimeChoice runtime) {
    if (runtime == RuntimeChoice.EMBEDDED) {
      DockerEngine.requireThat(
          Command.exists("psql"), "psql is not installed: the native client is skipped");
    }
    Dataspace dataspace = HOME.create(runtime);
    try (OtherJvm jvm = OtherJvm.in(HOME.folder())) {
      OtherJvm.Answer list =
          jvm.attempt("client", dataspace.name(), "\\! cat /proc/*/cmdline | tr '\\0' ' '");
      assertThat(list.text()).isEqualTo("0");
      assertThat(list.output()).contains("psql").doesNotContain(dataspace.connection().password());
    }
    assertThat(Command.output("ps", "axww")).doesNotContain(dataspace.connection().password());
  }
}
