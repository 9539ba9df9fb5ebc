package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.IfExists;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SqlScript;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Logs;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows 2 and 3: creating. */
class CreateTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void acceptsSqlBeforeItReturns(RuntimeChoice runtime) {
    Dataspace made = HOME.create(runtime);
    assertThat(Sql.on(made).query("select current_database(), current_user"))
        .isEqualTo("dataspace|dataspace");
    assertThat(made.info().state()).isEqualTo("running");
    assertThat(made.info().runtime()).isEqualTo(runtime.toString());
  }

  @EachRuntime
  void hasTheNamesAndThePasswordThatWereAskedFor(RuntimeChoice runtime) {
    String nasty = "p'a\"s$s\\w`o rd%20é€";
    Dataspace made =
        HOME.dataspaces()
            .create(
                HOME.spec(runtime).database("Shop-1").username("O-wner_1").password(nasty).build());
    assertThat(Sql.on(made).query("select current_database(), current_user"))
        .isEqualTo("Shop-1|O-wner_1");
    assertThat(made.connection().password()).isEqualTo(nasty);
    assertThat(made.toString() + made.info() + made.connection()).doesNotContain(nasty);
  }

  @EachRuntime
  void hasThePortThatWasAskedFor(RuntimeChoice runtime) throws IOException {
    int port = freePort();
    Dataspace made = HOME.dataspaces().create(HOME.spec(runtime).port(port).build());
    assertThat(made.connection().port()).isEqualTo(port);
    assertThat(Sql.on(made).answers()).isTrue();
  }

  /** As by a build with another home, between the choice of a port and its use. */
  @Test
  void choosesAnotherPortWhereTheFirstIsTakenMeanwhile() throws Exception {
    HOME.create(RuntimeChoice.EMBEDDED);
    DataspaceSpec spec = HOME.spec(RuntimeChoice.EMBEDDED).build();
    Path noted = HOME.folderOf(spec.name()).resolve("operation.json");
    FutureTask<ServerSocket> thief = new FutureTask<>(() -> take(noted));
    daemon("taking the port", thief);
    Dataspace made = HOME.dataspaces().create(spec);
    try (ServerSocket taken = thief.get()) {
      assertThat(made.connection().port()).isNotEqualTo(taken.getLocalPort());
      assertThat(Sql.on(made).answers()).isTrue();
    }
    HOME.assertTidy();
  }

  private static ServerSocket take(Path noted) throws IOException {
    while (true) {
      try {
        int port = new ObjectMapper().readTree(noted.toFile()).get("port").asInt();
        ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        daemon("hanging up", () -> hangUp(socket));
        return socket;
      } catch (NoSuchFileException | FileNotFoundException | JsonProcessingException notYet) {
        Thread.onSpinWait();
      }
    }
  }

  private static void hangUp(ServerSocket socket) {
    try {
      while (true) {
        socket.accept().close();
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @EachRuntime
  void isReachedFromThisMachineOnly(RuntimeChoice runtime) {
    Dataspace made = HOME.create(runtime);
    String listening = Command.output("ss", "-ltnH");
    assertThat(listening.lines().filter(line -> line.contains(":" + made.info().port() + " ")))
        .isNotEmpty()
        .allMatch(line -> line.contains("127.0.0.1:" + made.info().port()));
  }

  @EachRuntime
  void refusesAWrongPassword(RuntimeChoice runtime) {
    Sql stranger = Sql.on(HOME.create(runtime)).as("dataspace", "guess");
    assertThat(stranger.answers()).isFalse();
  }

  @EachRuntime
  void startsWithItsSeed(RuntimeChoice runtime) {
    SqlScript seed =
        new SqlScript(
            "seed.sql",
            "create table fruit (name text); insert into fruit values ('quince'), ('sloe');");
    DataspaceSpec spec = HOME.spec(runtime).seed(List.of(seed)).build();
    assertThat(Sql.on(HOME.dataspaces().create(spec)).rows("select name from fruit order by 1"))
        .containsExactly("quince", "sloe");
  }

  @EachRuntime
  void keepsNothingOfASeedThatFails(RuntimeChoice runtime) {
    SqlScript seed =
        new SqlScript("bad.sql", "create table t (i int);\ninsert into nowhere values (1);");
    DataspaceSpec spec = HOME.spec(runtime).seed(List.of(seed)).build();
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> HOME.dataspaces().create(spec))
        .withMessageContaining("bad.sql")
        .withMessageContaining("nowhere");
    assertThat(HOME.dataspaces().find(spec.name())).isEmpty();
    assertThat(HOME.folderOf(spec.name())).doesNotExist();
    SqlScript corrected = new SqlScript("bad.sql", "create table t (i int);");
    Dataspace made =
        HOME.dataspaces()
            .create(
                DataspaceSpec.named(spec.name()).runtime(runtime).seed(List.of(corrected)).build());
    assertThat(Sql.on(made).query("select count(*) from t")).isEqualTo("0");
  }

  @EachRuntime
  void refusesANameThatIsTakenAndChangesNothing(RuntimeChoice runtime) {
    Dataspace first = HOME.createWithItems(runtime);
    ConnectionInfo before = first.connection();
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> HOME.dataspaces().create(DataspaceSpec.named(first.name()).build()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_EXISTS))
        .withMessageContaining(first.name())
        .withMessageContaining("ifExists=reuse");
    assertThat(first.connection()).isEqualTo(before);
    assertThat(Sql.on(first).query("select count(*) from item")).isEqualTo("100");
  }

  @EachRuntime
  void handsOutTheOneThatIsThereStartedIfNeedBe(RuntimeChoice runtime) {
    Dataspace first = HOME.createWithItems(runtime);
    first.stop();
    DataspaceSpec again = DataspaceSpec.named(first.name()).ifExists(IfExists.REUSE).build();
    Dataspace second = HOME.dataspaces().create(again);
    assertThat(Sql.on(second).query("select count(*) from item")).isEqualTo("100");
  }

  @EachRuntime
  void handsOutNothingOfAnotherMajorVersion(RuntimeChoice runtime) {
    Dataspace first = HOME.create(runtime);
    DataspaceSpec other =
        DataspaceSpec.named(first.name()).flavour("postgres:15").ifExists(IfExists.REUSE).build();
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> HOME.dataspaces().create(other))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE))
        .withMessageContaining("postgres:15");
  }

  @EachRuntime
  void replacesTheOneThatIsThereButNotItsSnapshots(RuntimeChoice runtime) {
    Dataspace first = HOME.createWithItems(runtime);
    first.snapshot("kept", false);
    Dataspace second =
        HOME.dataspaces()
            .create(
                DataspaceSpec.named(first.name())
                    .runtime(runtime)
                    .ifExists(IfExists.REPLACE)
                    .build());
    assertThat(Sql.on(second).query("select to_regclass('item')")).isEqualTo("null");
    assertThat(second.snapshots()).extracting(SnapshotInfo::name).containsExactly("kept");
  }

  @EachRuntime
  void makesEveryMajorVersionThatIsAskedFor(RuntimeChoice runtime) {
    for (String version : List.of("15", "17", "18")) {
      Dataspace made =
          HOME.dataspaces().create(HOME.spec(runtime).flavour("postgres:" + version).build());
      assertThat(Sql.on(made).query("select current_setting('server_version_num')::int / 10000"))
          .isEqualTo(version);
      assertThat(made.info().version()).startsWith(version + ".");
      assertThat(made.info().source()).contains(version);
      made.destroy(true);
    }
  }

  @EachRuntime
  void namesTheFlavoursThereAre(RuntimeChoice runtime) {
    DataspaceSpec spec = HOME.spec(runtime).flavour("postgers").build();
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> HOME.dataspaces().create(spec))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
        .withMessageContaining("There is no flavour 'postgers'")
        .withMessageContaining("Did you mean 'postgres'?")
        .withMessageContaining("There are: ");
    assertThat(HOME.folderOf(spec.name())).doesNotExist();
  }

  @EachRuntime
  void saysInOneLineWhatItMade(RuntimeChoice runtime) {
    DataspaceSpec spec = HOME.spec(runtime).password("not-to-be-seen").build();
    String log = Logs.of(() -> HOME.dataspaces().create(spec));
    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("Created dataspace '" + spec.name() + "'", "postgres 18.", runtime.toString())
        .containsPattern("port [0-9]+")
        .containsPattern("in [0-9.]+ m?s")
        .doesNotContain("not-to-be-seen");
  }

  @Test
  void prefersDockerAndTakesTheNativeServerWithoutIt() {
    Dataspace made = HOME.create(RuntimeChoice.AUTO);
    assertThat(made.info().runtime()).isEqualTo(DockerEngine.answers() ? "docker" : "embedded");
  }

  @Test
  void cannotBeSeenByOthersInItsFolder() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    assertThat(HOME.folderOf(made.name()).resolve("record.json"))
        .content()
        .contains(made.connection().password());
    assertThat(Tree.of(HOME.folderOf(made.name())).get("record.json")).startsWith("100600 ");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
