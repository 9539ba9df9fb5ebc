package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.DumpTools;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 17: what {@code mysqldump} and {@code mariadb-dump} make comes back as it was. */
@Timeout(300)
class ImportMySqlTest {

  @RegisterExtension static final TestHome HOME = TestHome.fresh();

  static final String[] CONTENTS = {
    "create table customer (id int auto_increment primary key, name varchar(50), unique key by_name (name))",
    "create table orders (id int auto_increment primary key, customer int, note text, raw blob, small bit(3), at datetime(3), index (note(20)), foreign key (customer) references customer (id))",
    "create table made (a int primary key, b int generated always as (a * 2) stored, c varchar(20) generated always as (concat('x', a)) virtual, d json, e timestamp null, f int, foreign key (f) references made (a))",
    "create table old_text (t varchar(20)) character set latin1",
    "insert into customer (name) with recursive n (i) as (select 1 union all select i + 1 from n where i < 500) select concat('n', i) from n",
    "insert into orders (customer, note, raw, small, at) select id, concat('it''s; \\\\ \\n\\t\\r\\0 é ', id), unhex(sha2(id, 256)), b'101', '2026-01-02 03:04:05.678' from customer",
    "insert into orders (customer, note, raw) values (1, null, x'00ff275c0a1a')",
    "insert into old_text values ('é€')",
    "insert into made (a, d, e, f) values (1, '{\"k\": \"it''s;\"}', '2026-01-02 03:04:05', 1), (2, null, null, 1)",
    "create view a_first as select b, c from made",
    "create view notes as select note, a_first.c from orders join a_first on a_first.b = orders.id",
    "create event far on schedule every 1 day starts '2037-01-01 00:00:00' do begin delete from old_text; set @a = ';'; end",
    "create trigger noted before insert on orders for each row begin set new.note = coalesce(new.note, 'none;'); set new.small = b'1'; end",
    "create procedure twice(i int) begin select i; select 'a;b'; end",
    "create function thrice(i int) returns int deterministic return i * 3",
  };

  @TempDir private Path out;

  private static Imports imports(Path path) {
    return Imports.of(List.of(DumpSource.of(path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql:8.0", "mysql:8.4", "mysql:9.7", "mariadb:10.11", "mariadb:11.8"})
  void allThatWasDumpedIsBack(String image) throws IOException {
    DockerEngine.require();
    Dataspace from = HOME.create(image);
    Sql.on(from).run(CONTENTS);
    String expected = DumpTools.plain(image, from, out);
    Map<String, String> compressors =
        Map.of(
            "--databases", "cat",
            "--hex-blob", "gzip",
            "--skip-extended-insert", "zstd",
            "--no-autocommit --skip-extended-insert --skip-comments", "cat");
    for (String arguments : compressors.keySet()) {
      DumpTools.mySqlDump(image, from, out, (arguments + " --result-file=/out/dump").split(" "));
      Path dump = out.resolve("dump.z");
      Command.output(
          "sh", "-c", compressors.get(arguments) + " < %s/dump > %s".formatted(out, dump));
      Dataspace to = HOME.create(image);
      to.importDump(imports(dump));
      assertThat(DumpTools.plain(image, to, out)).as(arguments).isEqualTo(expected);
      to.destroy(true);
    }
  }

  /** Tables without transactions, and tables that end one, are in what other tools dump. */
  @EachMySql
  void changesAreSentManyAtOnceAndTheWrongOneIsNamed(String flavour) throws IOException {
    Dataspace made = HOME.create(flavour);
    StringBuilder script = new StringBuilder();
    for (String begin : List.of("", "start transaction;\n", "set autocommit = 0;\n")) {
      script.append(begin + "drop table if exists t;\n");
      script.append("create table t (id int primary key) engine = MyISAM;\n");
      for (int i = 1; i <= 2500; i++) {
        script.append("insert into t values (%d) -- %d;\n;\n".formatted(i, i));
      }
    }
    script.append("insert into t values (0);\nrollback;\n");
    script.append(
        "create table u (id int);\ninsert into u values (1);\ninsert into u values (2);\nrollback;\n");
    Path dump = out.resolve("dump.sql");
    Files.writeString(dump, script);
    made.importDump(imports(dump));
    assertThat(Sql.on(made).query("select count(*), min(id), (select count(*) from u) from t"))
        .isEqualTo("2501|0|0");
    int wrong = script.lastIndexOf("(2222) -- 2222");
    Files.writeString(dump, script.replace(wrong, wrong + 6, "(2221)"));
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(imports(dump)))
        .withMessageMatching("(?s).*failed in line 14451, at \"insert into t values \\(2221\\).*");
  }

  /** Servers take memory in the background, and refuse meanwhile to give it back. */
  @EachMySql
  void memoryIsGivenBackOnceItIsTaken(String flavour) throws IOException {
    Dataspace made = HOME.create(flavour);
    String size = "select @@global.innodb_buffer_pool_size";
    String before = Sql.on(made).query(size);
    String resize = "set global innodb_buffer_pool_size = %d;\n";
    Path dump = out.resolve("dump.sql");
    Files.writeString(
        dump,
        "create table t (id int);\n"
            + (resize.formatted(1 << 30) + resize.formatted(1 << 27)).repeat(10));
    made.importDump(imports(dump));
    assertThat(Sql.on(made).query(size)).isEqualTo(before);
  }

  @EachMySql
  void aDumpThatFailsLeavesNothing(String flavour) throws IOException {
    Dataspace made = HOME.createWithItems(flavour);
    Path dump = out.resolve("dump.sql");
    Files.writeString(
        dump,
        "create table t (id int primary key);\ninsert into t values (1);\ninsert into t values (2);\n"
            + "insert into t values (1);\n");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(imports(dump)))
        .withMessageContaining("dump.sql failed in line 4, at \"insert into t values (1)\"");
    assertThat(Sql.on(made).rows("show tables")).containsExactly("item");
    Files.writeString(dump, "-- MySQL dump 10.13  Distrib 9.7\n--\ncreate table t (id int);\n");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(imports(dump)))
        .withMessageContaining("cut short");
    Files.writeString(dump, "--\n-- PostgreSQL database dump\n--\ncreate table t (id int);\n");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(imports(dump)))
        .withMessageContaining("is a dump of PostgreSQL");
    Files.writeString(dump, "use one;\ncreate table t (id int);\nuse two;\n");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(imports(dump)))
        .withMessageContaining("several databases, 'one' and 'two'");
    assertThat(Sql.on(made).query("select count(*) from item")).isEqualTo("100");
    HOME.assertTidy();
  }
}
