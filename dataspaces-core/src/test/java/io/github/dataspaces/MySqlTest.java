package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.config.SqlScript;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.Eventually;
import io.github.dataspaces.testkit.LocalBinaries;
import io.github.dataspaces.testkit.Processes;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** MySQL and MariaDB: that they do what the other tests show of PostgreSQL. */
@Timeout(120)
class MySqlTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachMySql
  void acceptsSqlAndItsOwnerMayDoEverything(String flavour) {
    Dataspace dataspace =
        HOME.dataspaces()
            .create(
                HOME.spec(flavour)
                    .database("shop_1")
                    .username("keeper")
                    .password("a'b\\c\"d")
                    .build());
    Sql sql = Sql.on(dataspace);
    assertThat(sql.query("select database(), substring_index(current_user(), '@', 1)"))
        .isEqualTo("shop_1|keeper");
    sql.run(
        "create database other",
        "create user reader identified by 'reading'",
        "grant select on *.* to reader",
        "set global max_connections = 77",
        "create table other.t (name text)",
        "insert into other.t values ('äöü 🐬')");
    assertThat(sql.as("reader", "reading").query("select name from other.t")).isEqualTo("äöü 🐬");
    assertThat(sql.as("root", "a'b\\c\"d").answers()).isTrue();
    DataspaceInfo info = dataspace.info();
    assertThat(info.flavour() + ":" + info.version()).startsWith(flavour + ".");
    assertThat(info.size()).isLessThan(200_000_000);
  }

  @EachMySql
  void eitherDriverReachesIt(String flavour) throws Exception {
    Dataspace dataspace = HOME.createWithItems(flavour);
    Path jar = LocalBinaries.folder().resolve("mysql-connector-j-9.5.0.jar");
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, Driver.class.getClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      ConnectionInfo connection = dataspace.connection();
      assertThat(connection.jdbcUrl()).doesNotContain("permitMysqlScheme");
      dataspace.stop();
      dataspace.start();
      if (flavour.startsWith("mariadb")) {
        assertThat(connection.jdbcUrl()).startsWith("jdbc:mariadb:");
        return;
      }
      Properties user = new Properties();
      user.setProperty("user", connection.username());
      user.setProperty("password", connection.password());
      Driver driver =
          (Driver)
              loader.loadClass("com.mysql.cj.jdbc.Driver").getDeclaredConstructor().newInstance();
      try (Connection direct = driver.connect(connection.jdbcUrl(), user)) {
        assertThat(direct.getMetaData().getDriverName()).startsWith("MySQL Connector");
        assertThat(direct.isValid(5)).isTrue();
      }
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @EachMySql
  void noTableIsKeptElsewhereInTheContainer(String flavour) {
    Dataspace dataspace = HOME.create(flavour);
    Sql sql = Sql.on(dataspace);
    String far = "create table far (i int) data directory = '/tmp/far'";
    if (flavour.startsWith("mysql")) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> sql.run(far))
          .withMessageContaining("DIRECTORY");
    } else {
      sql.run(far, "insert into far values (1)");
      dataspace.stop();
      dataspace.start();
      assertThat(sql.query("select * from far")).isEqualTo("1");
    }
  }

  @EachMySql
  void rootCanBeTheOwner(String flavour) {
    Dataspace dataspace =
        HOME.dataspaces().create(HOME.spec(flavour).username("root").password("secret").build());
    assertThat(Sql.on(dataspace).query("select substring_index(current_user(), '@', 1)"))
        .isEqualTo("root");
  }

  @EachMySql
  void stopsStartsPausesAndResumes(String flavour) throws Exception {
    Dataspace dataspace = HOME.createWithItems(flavour);
    ConnectionInfo before = dataspace.connection();
    dataspace.stop();
    assertThat(Sql.on(before).answers()).isFalse();
    dataspace.start();
    assertThat(dataspace.connection()).isEqualTo(before);
    assertThat(count(dataspace)).isEqualTo("100");

    dataspace.pause();
    CompletableFuture<String> stalled = CompletableFuture.supplyAsync(() -> count(dataspace));
    Thread.sleep(300);
    assertThat(stalled).isNotDone();
    dataspace.resume();
    assertThat(stalled.get()).isEqualTo("100");
  }

  @EachMySql
  void committedRowsSurviveAKilledServer(String flavour) {
    Dataspace dataspace = HOME.createWithItems(flavour);
    Sql.on(dataspace).run("insert into item values (101, 'last')");
    kill(flavour, dataspace);
    Eventually.within(Duration.ofSeconds(10), () -> dataspace.info().state().equals("stopped"));
    dataspace.start();
    assertThat(count(dataspace)).isEqualTo("101");
  }

  @EachMySql
  void rollsBackWhateverWasDone(String flavour) {
    Dataspace dataspace = HOME.createWithItems(flavour);
    ConnectionInfo before = dataspace.connection();
    Sql sql = Sql.on(dataspace).run("create user reader");
    dataspace.snapshot("base", false);
    for (int round = 0; round < 2; round++) {
      sql.run(
          "delete from item where id > 3",
          "alter table item add column extra int",
          "create table later (i int)",
          "create database another",
          "drop user reader",
          "set global max_connections = 55",
          "alter user dataspace identified by 'forgotten'");
      dataspace.rollback("base");
      assertThat(dataspace.connection()).isEqualTo(before);
      assertThat(count(dataspace)).isEqualTo("100");
      assertThat(sql.rows("show tables")).containsExactly("item");
      assertThat(sql.rows("show databases")).doesNotContain("another");
      assertThat(sql.query("select user from mysql.user where user = 'reader'"))
          .isEqualTo("reader");
    }
  }

  @EachMySql
  void repairsAServerThatCannotBeUsedAnyMore(String flavour) {
    Dataspace dataspace = HOME.createWithItems(flavour);
    dataspace.snapshot("base", false);
    Sql.on(dataspace).run("drop database dataspace", "drop user root@localhost, root@'%'");
    dataspace.stop();
    dataspace.start();
    dataspace.rollback("base");
    assertThat(count(dataspace)).isEqualTo("100");
    Sql.on(dataspace)
        .run(
            flavour.startsWith("mysql")
                ? "delete from mysql.user where user = 'dataspace'"
                : "drop database mysql");
    dataspace.rollback("base");
    assertThat(count(dataspace)).isEqualTo("100");
  }

  @EachMySql
  void copiesAndNewOnesFromASnapshotAreIndependent(String flavour) {
    Dataspace origin = HOME.createWithItems(flavour);
    Dataspace copy = origin.copy(HOME.name());
    origin.snapshot("base", false);
    Sql.on(origin).run("insert into item values (101, 'more')");
    origin.snapshot("base", true);
    SnapshotReference base = new SnapshotReference(origin.name(), "base");
    Dataspace heir =
        HOME.dataspaces()
            .create(
                HOME.spec(RuntimeChoice.AUTO)
                    .flavour(flavour.replaceFirst("\\.[0-9]+$", ""))
                    .password("other")
                    .from(base)
                    .build());
    Sql.on(copy).run("delete from item where id > 10");
    Sql.on(heir).run("insert into item values (102, 'still more')");
    assertThat(count(copy)).isEqualTo("10");
    assertThat(count(origin)).isEqualTo("101");
    assertThat(count(heir)).isEqualTo("102");
    assertThat(Sql.on(heir).as("root", "other").answers()).isTrue();

    String another = flavour.startsWith("mysql") ? "mysql:8.4" : "mysql";
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(
            () ->
                HOME.dataspaces()
                    .create(HOME.spec(RuntimeChoice.AUTO).flavour(another).from(base).build()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE));
  }

  @EachMySql
  void seedsAreReadAsTheClientReadsThem(String flavour) {
    SqlScript script =
        new SqlScript(
            "seed.sql",
            """
            -- people; and orders
            create table person (id int auto_increment primary key, name text); # why; not
            insert into person (name) values ('a;b'), ('it''s \\'c\\''), ("d");
            DELIMITER //
            create procedure twice(in n int, out m int)
            begin
              /* one; two */ set m = n;
              set m = m + n;
            end //
            delimiter ;
            call twice(4, @eight);
            insert into person (name) values (@eight)
            """);
    Dataspace dataspace =
        HOME.dataspaces().create(HOME.spec(flavour).seed(List.of(script)).build());
    assertThat(Sql.on(dataspace).rows("select name from person order by id"))
        .containsExactly("a;b", "it's 'c'", "d", "8");
    SqlScript wrong = new SqlScript("wrong.sql", "select 1;\ninsert into nothing values (1);");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> HOME.dataspaces().create(HOME.spec(flavour).seed(List.of(wrong)).build()))
        .withMessageContaining("wrong.sql")
        .withMessageContaining("nothing");
  }

  @EachMySql
  void theClientAndTheEnvironmentLeadToIt(String flavour) {
    Dataspace dataspace = HOME.createWithItems(flavour);
    assertThat(dataspace.client(Optional.of("insert into item values (101, 'typed')"))).isZero();
    assertThat(count(dataspace)).isEqualTo("101");
    assertThat(dataspace.client(Optional.of("no sql"))).isNotZero();
    assertThat(dataspace.shell(Optional.of("test \"$MYSQL_DATABASE\" = dataspace"))).isZero();
    ConnectionInfo connection = dataspace.connection();
    assertThat(connection.uri())
        .isEqualTo(
            "mysql://dataspace:%s@127.0.0.1:%s/dataspace"
                .formatted(connection.password(), String.valueOf(connection.port())));
    assertThat(connection.jdbcUrl()).doesNotContain(connection.password());
  }

  @EachMySql
  void durableOnesFlushAndOthersDoNot(String flavour) {
    String query = "select @@innodb_flush_log_at_trx_commit, @@innodb_doublewrite, @@log_bin";
    Dataspace quick = HOME.create(flavour);
    assertThat(Sql.on(quick).query(query)).matches("2\\|(0|OFF)\\|0");
    String log = flavour.startsWith("mysql") ? "redo_log_capacity" : "log_file_size";
    assertThat(Sql.on(quick).query("select @@innodb_" + log + " >> 20")).isEqualTo("16");
    assertThat(quick.info().settings())
        .contains("--innodb-flush-log-at-trx-commit=2", "--innodb-doublewrite=OFF");
    Dataspace durable = HOME.dataspaces().create(HOME.spec(flavour).durable(true).build());
    assertThat(Sql.on(durable).query(query)).matches("1\\|(1|ON)\\|[01]");
    assertThat(durable.info().settings()).noneMatch(setting -> setting.contains("innodb"));
  }

  @EachMySql
  void namesThatCannotBeUsedAreRefused(String flavour) {
    for (String database : List.of("mysql", "sys", "information_schema")) {
      assertThatExceptionOfType(DataspaceException.class)
          .isThrownBy(() -> HOME.dataspaces().create(HOME.spec(flavour).database(database).build()))
          .withMessageContaining(database);
    }
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(
            () -> HOME.dataspaces().create(HOME.spec("mysql:9.7").username("u".repeat(33)).build()))
        .withMessageContaining("32");
  }

  @Test
  void theOldestMariaDbDoesTheSame() {
    DockerEngine.require();
    Dataspace dataspace = HOME.createWithItems("mariadb:10.11");
    dataspace.snapshot("base", false);
    Sql.on(dataspace).run("drop table item");
    dataspace.rollback("base");
    assertThat(count(dataspace)).isEqualTo("100");
    assertThat(Sql.on(dataspace).query("select @@character_set_database")).isEqualTo("utf8mb4");
    assertThat(dataspace.client(Optional.of("delete from item"))).isZero();
    assertThat(count(dataspace)).isEqualTo("0");
  }

  @Test
  void theOldestNativeMariaDbDoesTheSame() {
    Dataspace dataspace =
        HOME.dataspaces()
            .create(HOME.spec(RuntimeChoice.EMBEDDED).flavour("mariadb:10.11").build());
    Sql.on(dataspace).run("create table item (i int)", "insert into item values (1)");
    dataspace.snapshot("base", false);
    Sql.on(dataspace).run("drop table item");
    dataspace.rollback("base");
    assertThat(count(dataspace)).isEqualTo("1");
    assertThat(dataspace.info().version()).startsWith("10.11.");
  }

  private static void kill(String flavour, Dataspace dataspace) {
    if (flavour.equals(EachMySql.NATIVE)) {
      Processes.kill(Processes.workingIn(HOME.folderOf(dataspace.name())).get(0));
    } else {
      DockerEngine.docker(
          "kill",
          "--signal",
          "KILL",
          DockerEngine.containersOf(HOME.id(), dataspace.name()).get(0));
    }
  }

  private static String count(Dataspace dataspace) {
    return Sql.on(dataspace).query("select count(*) from item");
  }
}
