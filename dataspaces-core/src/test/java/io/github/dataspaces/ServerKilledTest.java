package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Eventually;
import io.github.dataspaces.testkit.OtherJvm;
import io.github.dataspaces.testkit.Processes;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The server is killed under a dataspace: its state is told truthfully, and start brings it back.
 */
class ServerKilledTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void startRecoversWhatWasCommitted(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    ConnectionInfo before = dataspace.connection();
    killServer(dataspace);
    assertThat(dataspace.info().state()).isEqualTo("stopped");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(dataspace::connection)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_STATE));
    dataspace.start();
    assertThat(dataspace.connection()).isEqualTo(before);
    assertThat(Sql.on(dataspace).query("select count(*), sum(id) from item")).isEqualTo("100|5050");
    dataspace.stop();
    dataspace.start();
    assertThat(Sql.on(dataspace).query("select count(*), sum(id) from item")).isEqualTo("100|5050");
  }

  @EachRuntime
  void aSnapshotOfADeadOneHoldsWhatWasCommitted(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    killServer(dataspace);
    dataspace.snapshot("crashed", false);
    assertThat(dataspace.info().state()).isEqualTo("stopped");
    dataspace.start();
    Sql.on(dataspace).run("drop table item");
    dataspace.rollback("crashed");
    assertThat(Sql.on(dataspace).query("select count(*), sum(id) from item")).isEqualTo("100|5050");
  }

  @EachRuntime
  void aDeadOneCanBeRolledBackAndDestroyed(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    dataspace.snapshot("base", false);
    killServer(dataspace);
    dataspace.rollback("base");
    assertThat(dataspace.info().state()).isEqualTo("stopped");
    dataspace.start();
    killServer(dataspace);
    dataspace.destroy(true);
    assertThat(HOME.dataspaces().find(dataspace.name())).isEmpty();
  }

  /** What sessions share would stay in the machine's memory until that is started again. */
  @Test
  void oneThatIsNativeHasAllThatASessionSharesAmongItsFiles() throws IOException {
    Dataspace dataspace = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    Path folder = HOME.folderOf(dataspace.name());
    long server = Processes.serversIn(folder).get(0);
    List<String> shared =
        Files.readAllLines(Path.of("/proc/" + server + "/maps")).stream()
            .map(line -> line.replaceFirst("[^/]*", ""))
            .filter(file -> file.contains("/PostgreSQL.") || file.contains("/pg_dynshmem/"))
            .toList();
    assertThat(shared)
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).startsWith(folder.toRealPath() + "/"));
    killServer(dataspace);
    dataspace.start();
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
  }

  @Test
  void aContainerThatSomebodyRemovedIsMadeAgain() {
    DockerEngine.require();
    Dataspace dataspace = HOME.createWithItems(RuntimeChoice.DOCKER);
    DockerEngine.docker("rm", "--force", "--volumes", container(dataspace));
    assertThat(dataspace.info().state()).isEqualTo("stopped");
    dataspace.start();
    assertThat(Sql.on(dataspace).query("select count(*), sum(id) from item")).isEqualTo("100|5050");
  }

  @Test
  void whatADeadBuildLeftUnderItsNameDoesNotHinderItsStart() {
    DockerEngine.require();
    Dataspace dataspace = HOME.createWithItems(RuntimeChoice.DOCKER);
    dataspace.stop();
    DockerEngine.docker(
        "create",
        "--name=dataspaces-%s-%s-data-1".formatted(HOME.id(), dataspace.name()),
        "--label=io.github.dataspaces.home=" + HOME.id(),
        "--label=io.github.dataspaces.name=" + dataspace.name(),
        "--label=io.github.dataspaces.data=/of/an/earlier/state",
        "postgres:18");
    dataspace.start();
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
  }

  @Test
  void aPausedOneThatIsKilledIsStopped() {
    Dataspace dataspace = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    dataspace.pause();
    killServer(dataspace);
    assertThat(dataspace.info().state()).isEqualTo("stopped");
    dataspace.start();
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
  }

  @EachRuntime
  void aPortThatIsTakenMeanwhileIsToldAndDoesNotHinderItsEnd(RuntimeChoice runtime)
      throws Exception {
    Dataspace dataspace = HOME.createWithItems(runtime);
    int port = dataspace.info().port();
    dataspace.stop();
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThatExceptionOfType(DataspaceException.class)
          .isThrownBy(dataspace::start)
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_STATE))
          .withMessageContaining("Port " + port)
          .withMessageContaining("in use");
      assertThat(dataspace.info().state()).isEqualTo("stopped");
      dataspace.snapshot("base", false);
      dataspace.rollback("base");
    }
    dataspace.start();
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
  }

  @EachRuntime
  void aServerThatCannotStartShowsTheEndOfItsLog(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.createWithItems(runtime);
    dataspace.snapshot("base", false);
    Sql.on(dataspace).run("alter system set shared_preload_libraries = 'no_such_library'");
    dataspace.stop();
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(dataspace::start)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INFRASTRUCTURE))
        .withMessageContaining("did not start")
        .withMessageContaining("no_such_library");
    assertThat(dataspace.info().state()).isEqualTo("stopped");
    dataspace.rollback("base");
    dataspace.start();
    assertThat(Sql.on(dataspace).query("select count(*) from item")).isEqualTo("100");
    Sql.on(dataspace).run("alter system set shared_preload_libraries = 'no_such_library'");
    dataspace.stop();
    dataspace.destroy(true);
  }

  /** Its first process is a script, which does not heed the signal that stops a server. */
  @Test
  @Timeout(60)
  void aContainerThatAKilledBuildLeftStartingIsStopped() {
    DockerEngine.require();
    String image = "dataspaces-test-slow-start:1";
    Command.output(
        "sh",
        "-c",
        "printf '%s\\n' 'FROM postgres:18' 'ENTRYPOINT [\"sh\", \"-c\", \"sleep 3; exec docker-entrypoint.sh \\\"$@\\\"\", \"sh\"]' | docker build --quiet --tag "
            + image
            + " -");
    try {
      Dataspace dataspace =
          HOME.dataspaces().create(HOME.spec(RuntimeChoice.DOCKER).image(image).build());
      dataspace.stop();
      try (OtherJvm jvm = OtherJvm.in(HOME.folder())) {
        jvm.ask("open");
        jvm.send("start", dataspace.name());
        Eventually.holds("it starts", () -> dataspace.info().state().equals("running"));
        jvm.kill();
      }
      dataspace.stop();
      assertThat(dataspace.info().state()).isEqualTo("stopped");
      dataspace.destroy(true);
    } finally {
      DockerEngine.docker("rmi", "--force", image);
    }
  }

  private static void killServer(Dataspace dataspace) {
    if (dataspace.info().runtime().equals("docker")) {
      DockerEngine.docker("kill", container(dataspace));
    } else {
      Processes.serversIn(HOME.folderOf(dataspace.name())).forEach(Processes::kill);
    }
    Eventually.holds("the server is gone", () -> dataspace.info().state().equals("stopped"));
  }

  private static String container(Dataspace dataspace) {
    return DockerEngine.containersOf(HOME.id(), dataspace.name()).get(0);
  }
}
