package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DumpFormat;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Exports;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.Selection;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.Logs;
import io.github.dataspaces.testkit.MySqlDump;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 28, and the way out of row 17: dumps of MySQL and MariaDB. */
@Timeout(300)
class ExportMySqlTest {

  @RegisterExtension static final TestHome HOME = TestHome.fresh();

  private static final String[] OF_MARIADB = {
    "create sequence numbers start with 100",
    "select next value for numbers",
    "create table kept (id int primary key, word text) with system versioning",
    "insert into kept values (1, 'old')",
    "update kept set word = 'new'",
  };

  @TempDir private Path folder;

  private Dataspace filled(String flavour) {
    Dataspace from = HOME.create(flavour);
    Sql.on(from).run(ImportMySqlTest.CONTENTS);
    // an index that has all columns, in another order
    Sql.on(from)
        .run(
            "create table pair (a int, b int, primary key (a), unique key (b, a))",
            "insert into pair values (1, 3), (2, 2), (3, 1)");
    if (flavour.startsWith("mariadb")) {
      Sql.on(from).run(OF_MARIADB);
    }
    return from;
  }

  private byte[] export(Dataspace from, String file) throws IOException {
    return Files.readAllBytes(from.exportDump(Exports.to(folder.resolve(file))));
  }

  /** What the server's own program says of the database, whatever else is on the server. */
  static String contents(TestHome home, Dataspace dataspace) {
    return Stream.of(MySqlDump.of(home, dataspace).split("-- Current Database: "))
        .filter(part -> part.startsWith("`dataspace`"))
        .map(part -> part.replaceFirst("(?s)-- Dump completed.*", ""))
        .collect(Collectors.joining());
  }

  @EachMySql
  void anUnchangedDatabaseIsTheSameBytesAndComesBackAsItWas(String flavour) throws IOException {
    Dataspace from = filled(flavour);
    // InnoDB sets AUTO_INCREMENT values aside for a statement, and forgets which when it stops
    from.stop();
    from.start();
    byte[] plain = export(from, "a.sql");
    byte[] compressed = export(from, "a.sql.zst");
    assertThat(export(from, "b.sql"))
        .asString()
        .isEqualTo(new String(plain, StandardCharsets.UTF_8));
    assertThat(export(from, "b.sql.zst")).isEqualTo(compressed);
    from.stop();
    from.start();
    assertThat(export(from, "c.sql"))
        .asString()
        .isEqualTo(new String(plain, StandardCharsets.UTF_8));
    assertThat(export(from, "c.sql.zst")).isEqualTo(compressed);
    Dataspace to = HOME.create(flavour);
    to.importDump(Imports.of(List.of(DumpSource.of(folder.resolve("a.sql.zst")))));
    String expected = contents(HOME, from);
    assertThat(expected)
        .containsPattern("(?i)trigger `?noted")
        .contains("PROCEDURE `twice`", "EVENT `far`", "0x00FF");
    assertThat(contents(HOME, to)).isEqualTo(expected);
    assertThat(export(to, "d.sql")).isEqualTo(plain);
    if (flavour.startsWith("mariadb")) {
      assertThat(Sql.on(to).query("select word from kept for system_time all order by 1"))
          .isEqualTo("new\nold");
    }
    HOME.assertTidy();
  }

  @EachMySql
  void theEnginesOwnClientTakesIt(String flavour) throws IOException {
    Dataspace from = filled(flavour);
    export(from, "a.sql");
    Dataspace to = HOME.create(flavour);
    boolean isNative = flavour.equals(EachMySql.NATIVE);
    int port = to.connection().port();
    String container = isNative ? "" : DockerEngine.containersOf(HOME.id(), to.name()).get(0);
    String program =
        isNative
            ? HOME.folder().resolve("runtimes/" + to.info().source()) + "/bin/mariadb --skip-ssl"
            : "docker exec --interactive --env MYSQL_PWD %s %s"
                .formatted(container, flavour.startsWith("mysql") ? "mysql" : "mariadb --skip-ssl");
    Command.Result result =
        Command.run(
            Map.of("MYSQL_PWD", to.connection().password()),
            "sh",
            "-c",
            "%s --protocol=TCP --host=127.0.0.1 --port=%d --user=dataspace dataspace < %s"
                .formatted(
                    program,
                    isNative ? port : DockerEngine.portInside(container, 3306, port),
                    folder.resolve("a.sql")));
    assertThat(result.exit()).as(result.output()).isZero();
    assertThat(contents(HOME, to)).isEqualTo(contents(HOME, from));
  }

  @EachMySql
  void whatIsNotWrittenIsTold(String flavour) throws IOException {
    Dataspace from = HOME.create(flavour);
    Sql.on(from)
        .run(
            "create table measure (length float, weight double)",
            "create view measured as select length from measure",
            "insert into measure values (16777217, 0.1)");
    String log = Logs.of(() -> from.exportDump(Exports.to(folder)));
    assertThat(log)
        .containsPattern(
            "In the dump: \\w+-?dump does not write all digits of measure.length \\(float\\)\n");
    Files.delete(folder.resolve(from.name() + ".sql.zst"));
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(
            () ->
                from.exportDump(new Exports(folder, Optional.of(DumpFormat.CUSTOM), Selection.ALL)))
        .withMessage(
            "format: %s has no custom dumps. Use plain."
                .formatted(flavour.replaceFirst(":.*", "")));
    Sql.on(from).run("create table t (a int)", "create view v as select a from t", "drop table t");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> from.exportDump(Exports.to(folder)))
        .withMessageContaining("dump failed with exit code 2: ")
        .withMessageContaining("View 'dataspace.v' references invalid");
    assertThat(folder.toFile().list()).isEmpty();
  }
}
