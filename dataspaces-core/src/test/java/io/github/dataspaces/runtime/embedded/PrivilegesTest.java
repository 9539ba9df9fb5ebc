package io.github.dataspaces.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.NativeRecipe;
import io.github.dataspaces.flavour.PostgreSql;
import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.CommandRunner;
import io.github.dataspaces.process.HostCommands;
import io.github.dataspaces.runtime.RunningDatabase;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.Eventually;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that refuses to run as root runs under a root account, by either way. */
class PrivilegesTest {

  private static final Credentials OWNER = new Credentials("postgres", "keeper", "secret");
  private static final Map<String, String> C_LOCALE = Map.of("LC_ALL", "C", "LANG", "C");

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private final HostCommands host = new HostCommands();
  private final NativeRecipe recipe = new PostgreSql().nativeServer().orElseThrow();

  @ParameterizedTest
  @EnumSource(names = {"USER_NAMESPACE", "NOBODY"})
  void eachWayRunsAServerInAFolderThatOnlyRootMayEnter(Privileges way) throws IOException {
    DockerEngine.requireThat(Command.isRoot(), "not root: there are no rights to give up");
    Path locked = Files.createDirectory(HOME.folder().resolve("locked-" + way));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    Path data = Files.createDirectory(locked.resolve("data"));
    Path passwordFile = Files.writeString(locked.resolve("password"), OWNER.password());
    way.handOver(data).ifPresent(command -> mustRun(command));
    way.handOver(passwordFile).ifPresent(command -> mustRun(command));
    NativeRecipe.Place place = new NativeRecipe.Place(programs(), data.resolve("files"));
    mustRun(way.wrap(recipe.initialise(place, OWNER, passwordFile, "18")));
    int port = freePort();
    mustRun(way.wrap(recipe.launch(place, port, locked.resolve("log"), List.of())));
    RunningDatabase database =
        new RunningDatabase(new PostgreSql(), new Address("127.0.0.1", port, OWNER));
    try {
      Eventually.holds("the server answers", () -> answers(database));
      long server = recipe.pid(place.files()).orElseThrow();
      assertThat(Command.output("ps", "-o", "uid=", "-p", String.valueOf(server)).strip())
          .isEqualTo(way == Privileges.NOBODY ? "65534" : "0");
    } finally {
      mustRun(way.wrap(recipe.stop(place, true)));
      Eventually.holds("the server ends", () -> recipe.pid(place.files()).isEmpty());
    }
  }

  @Test
  void theFirstWayThatWorksIsTaken() {
    DockerEngine.requireThat(Command.isRoot(), "not root: there are no rights to give up");
    assertThat(Privileges.detect(host)).isEqualTo(Privileges.USER_NAMESPACE);
    assertThat(Privileges.detect(new Without("unshare"))).isEqualTo(Privileges.NOBODY);
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> Privileges.detect(new Without("unshare", "setpriv")))
        .withMessageContaining("refuse to run as root")
        .withMessageContaining("runtime=docker");
  }

  @Test
  void anOrdinaryUserGivesUpNothing() {
    CommandRunner ordinary =
        new CommandRunner() {
          @Override
          public CommandResult run(List<String> command) {
            return command.equals(List.of("id", "-u"))
                ? new CommandResult(0, "1000\n")
                : host.run(command);
          }

          @Override
          public boolean has(String program) {
            return true;
          }

          @Override
          public boolean sameRights() {
            return true;
          }
        };
    assertThat(Privileges.detect(ordinary)).isEqualTo(Privileges.NOT_ROOT);
    assertThat(Privileges.NOT_ROOT.wrap(List.of("true"))).containsExactly("true");
    assertThat(Privileges.NOT_ROOT.handOver(HOME.folder())).isEmpty();
  }

  private static boolean answers(RunningDatabase database) {
    try {
      database.connect("postgres").close();
      return true;
    } catch (java.sql.SQLException notYet) {
      return false;
    }
  }

  private void mustRun(List<String> command) {
    CommandResult result = host.run(command, C_LOCALE);
    assertThat(result.ok()).as("%s: %s", command, result.output()).isTrue();
  }

  private static Path programs() throws IOException {
    try (Stream<Path> children = Files.list(HOME.folder().resolve("runtimes"))) {
      return children.filter(path -> path.toString().contains("-18")).findFirst().orElseThrow();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A machine that lacks programs. */
  private record Without(String... programs) implements CommandRunner {

    @Override
    public CommandResult run(List<String> command) {
      return new HostCommands().run(command);
    }

    @Override
    public boolean has(String program) {
      return !List.of(programs).contains(program) && new HostCommands().has(program);
    }

    @Override
    public boolean sameRights() {
      return true;
    }
  }
}
