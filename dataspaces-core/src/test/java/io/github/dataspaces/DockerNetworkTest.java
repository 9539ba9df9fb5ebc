package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Exports;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.runtime.LocalPort;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers in containers are in the machine's network, or publish their port. */
@Timeout(300)
class DockerNetworkTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();
  @RegisterExtension static final TestHome PUBLISHING = TestHome.publishing();

  @TempDir private Path out;

  @BeforeEach
  void needsDocker() {
    DockerEngine.require();
  }

  private static String inspect(TestHome home, Dataspace dataspace, String format) {
    String container = DockerEngine.containersOf(home.id(), dataspace.name()).get(0);
    return DockerEngine.docker("inspect", "--format=" + format, container).strip();
  }

  private static boolean isListenedTo(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The machine's addresses for others. */
  private static List<InetAddress> outward() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres:18", "mysql:9.7", "mariadb:11.8"})
  void serversListenForThisMachineOnly(String flavour) throws IOException {
    Dataspace dataspace = HOME.createWithItems(flavour);
    assertThat(inspect(HOME, dataspace, "{{.HostConfig.NetworkMode}}")).isEqualTo("host");
    int port = dataspace.connection().port();
    assertThat(isListenedTo(InetAddress.getLoopbackAddress(), port)).isTrue();
    assertThat(outward()).isNotEmpty().noneMatch(address -> isListenedTo(address, port));
    assertThat(DockerEngine.ofHome("network", HOME.id())).isEmpty();
  }

  @Test
  void aPortThatOnlyRootMayHaveIsPublished() {
    DockerEngine.requireThat(Command.isRoot(), "not root: no port below 1024 can be had");
    int port = IntStream.rangeClosed(900, 1000).filter(LocalPort::isFree).findAny().orElseThrow();
    Dataspace dataspace = HOME.dataspaces().create(HOME.spec("postgres:18").port(port).build());
    assertThat(inspect(HOME, dataspace, "{{.HostConfig.NetworkMode}}")).startsWith("dataspaces-");
    assertThat(Sql.on(dataspace).query("select 1")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres:18", "mariadb:11.8"})
  void thoseThatPublishTheirPortDoTheSame(String flavour) throws IOException {
    Dataspace dataspace = PUBLISHING.createWithItems(flavour);
    assertThat(inspect(PUBLISHING, dataspace, "{{.HostConfig.NetworkMode}}"))
        .startsWith("dataspaces-");
    assertThat(inspect(PUBLISHING, dataspace, "{{json .HostConfig.PortBindings}}"))
        .contains("127.0.0.1", String.valueOf(dataspace.connection().port()));
    dataspace.snapshot("base", false);
    assertThat(dataspace.client(Optional.of("delete from item"))).isZero();
    assertThat(items(dataspace)).isEqualTo("0");
    dataspace.rollback("base");
    assertThat(items(dataspace)).isEqualTo("100");
    Path dump = out.resolve("dump.sql");
    dataspace.exportDump(Exports.to(dump));
    Dataspace other = PUBLISHING.create(flavour);
    other.importDump(Imports.of(List.of(DumpSource.of(dump))));
    assertThat(items(other)).isEqualTo("100");
    other.stop();
    other.start();
    assertThat(items(other)).isEqualTo("100");
    Dataspace copy = dataspace.copy(PUBLISHING.name());
    assertThat(items(copy)).isEqualTo("100");
    PUBLISHING.assertTidy();
  }

  /** The engine does not know what listens in the machine's network. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPortThatIsTakenMeanwhileIsToldOf(boolean publishing) throws Exception {
    TestHome home = publishing ? PUBLISHING : HOME;
    Dataspace dataspace = home.create("postgres:18");
    int port = dataspace.connection().port();
    FutureTask<ServerSocket> thief = new FutureTask<>(() -> steal(port));
    new Thread(thief, "taking the port").start();
    // the server is stopped for the snapshot
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> dataspace.snapshot("base", false))
        .withMessageContaining("Another program listens on port " + port)
        .matches(e -> e.reason() == Reason.WRONG_STATE);
    thief.get().close();
    dataspace.start();
    assertThat(Sql.on(dataspace).query("select 1")).isEqualTo("1");
  }

  private static ServerSocket steal(int port) throws IOException {
    while (true) {
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (BindException inUse) {
        Thread.onSpinWait();
      }
    }
  }

  /** Whoever chose the other way for a while has servers of both kinds. */
  @Test
  void aServerIsUsedAsItWasStarted() {
    Dataspace dataspace = HOME.createWithItems("postgres:18");
    try (Dataspaces publishing = Dataspaces.at(HOME.folder()).publishPorts(true).open()) {
      Dataspace same = publishing.get(dataspace.name());
      assertThat(same.client(Optional.of("delete from item where id > 10"))).isZero();
      assertThat(items(same)).isEqualTo("10");
      same.snapshot("base", false);
      assertThat(inspect(HOME, same, "{{.HostConfig.NetworkMode}}")).startsWith("dataspaces-");
      assertThat(same.client(Optional.of("delete from item"))).isZero();
    }
    assertThat(items(dataspace)).isEqualTo("0");
    assertThat(dataspace.client(Optional.of("insert into item values (1, 'one')"))).isZero();
    dataspace.rollback("base");
    assertThat(items(dataspace)).isEqualTo("10");
    assertThat(inspect(HOME, dataspace, "{{.HostConfig.NetworkMode}}")).isEqualTo("host");
  }

  private static String items(Dataspace dataspace) {
    return Sql.on(dataspace).query("select count(*) from item");
  }
}
