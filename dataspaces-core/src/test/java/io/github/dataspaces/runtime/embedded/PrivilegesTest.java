package io.github.dataspaces.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.Flavours;
import io.github.dataspaces.flavour.NativeRecipe;
import io.github.dataspaces.flavour.Purpose;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.CommandRunner;
import io.github.dataspaces.process.HostCommands;
import io.github.dataspaces.runtime.RunningDatabase;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.Eventually;
import io.github.dataspaces.testkit.LocalBinaries;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that refuses to run as root runs under a root account, by either way. */
class PrivilegesTest {

  private static final Credentials OWNER = new Credentials("postgres", "keeper", "secret");
  private static final Map<String, String> C_LOCALE = Map.of("LC_ALL", "C", "LANG", "C");

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private final HostCommands host = new HostCommands();

  @ParameterizedTest
  @CsvSource({
    "USER_NAMESPACE, postgres",
    "NOBODY, postgres",
    "USER_NAMESPACE, mariadb",
    "NOBODY, mariadb"
  })
  void eachWayRunsAServerInAFolderThatOnlyRootMayEnter(Privileges way, String engine)
      throws IOException {
    DockerEngine.requireThat(Command.isRoot(), "not root: there are no rights to give up");
    Flavour flavour = Flavours.load(getClass().getClassLoader()).named(engine);
    NativeRecipe recipe = flavour.nativeServer().orElseThrow();
    Path locked = Files.createDirectory(HOME.folder().resolve("locked-" + way + "-" + engine));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    Path data = Files.createDirectory(locked.resolve("data"));
    NativeRecipe.Place place =
        new NativeRecipe.Place(
            programs(flavour),
            Files.createDirectory(data.resolve("files")),
            Files.createDirectory(data.resolve("temporary")));
    Path secret = Files.writeString(locked.resolve("secret"), recipe.secret(place, OWNER));
    way.handOver(data).ifPresent(command -> mustRun(command));
    way.handOver(secret).ifPresent(command -> mustRun(command));
    String version = recipe.versions().get(0);
    mustRun(way.wrap(recipe.initialise(place, OWNER, secret, version)), secret);
    int port = freePort();
    Path log = locked.resolve("log");
    NativeRecipe.Launch launch =
        recipe.launch(place, port, log, flavour.serverArguments(Purpose.QUICK));
    if (launch.detaches()) {
      mustRun(way.wrap(launch.command()));
    } else {
      host.launch(way.wrap(launch.command()), C_LOCALE, place.files(), log);
    }
    RunningDatabase database = new RunningDatabase(flavour, new Address("127.0.0.1", port, OWNER));
    try {
      Eventually.holds("the server answers", () -> answers(database, recipe.initialDatabase()));
      long server = recipe.pid(place.files()).orElseThrow();
      assertThat(Command.output("ps", "-o", "uid=", "-p", String.valueOf(server)).strip())
          .isEqualTo(way == Privileges.NOBODY ? "65534" : "0");
    } finally {
      long server = recipe.pid(place.files()).orElseThrow();
      mustRun(way.wrap(recipe.stop(place, server, true)));
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

  private static boolean answers(RunningDatabase database, String initial) {
    try {
      database.connect(initial).close();
      return true;
    } catch (java.sql.SQLException notYet) {
      return false;
    }
  }

  private void mustRun(List<String> command) {
    mustRun(command, Path.of("/dev/null"));
  }

  private void mustRun(List<String> command, Path input) {
    CommandResult result = host.run(command, C_LOCALE, input);
    assertThat(result.ok()).as("%s: %s", command, result.output()).isTrue();
  }

  private static Path programs(Flavour flavour) {
    Home home = Home.open(HOME.folder());
    return new Binaries(home, new Locks(home), LocalBinaries.RESOLVER)
        .find(flavour, flavour.nativeServer().orElseThrow(), "")
        .folder();
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
