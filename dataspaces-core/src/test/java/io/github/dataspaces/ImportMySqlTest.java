package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.testkit.DumpTools;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 17: what {@code mysqldump} and {@code mariadb-dump} make comes back as it was. */
@Timeout(300)
class ImportMySqlTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final String[] CONTENTS = {
    "create table customer (id int auto_increment primary key, name varchar(50), unique key by_name (name))",
    "create table orders (id int auto_increment primary key, customer int, note text, raw blob, small bit(3), at datetime(3), index (note(20)), foreign key (customer) references customer (id))",
    "create table old_text (t varchar(20)) character set latin1",
    "insert into customer (name) with recursive n (i) as (select 1 union all select i + 1 from n where i < 500) select concat('n', i) from n",
    "insert into orders (customer, note, raw, small, at) select id, concat('it''s; \\\\ \\n\\t\\r\\0 é ', id), unhex(sha2(id, 256)), b'101', '2026-01-02 03:04:05.678' from customer",
    "insert into orders (customer, note, raw) values (1, null, x'00ff275c0a1a')",
    "insert into old_text values ('é€')",
    "create view notes as select note from orders",
    "create trigger noted before insert on orders for each row begin set new.note = coalesce(new.note, 'none;'); set new.small = b'1'; end",
    "create procedure twice(i int) begin select i; select 'a;b'; end",
    "create function thrice(i int) returns int deterministic return i * 3",
  };

  @TempDir private Path out;

  private static Imports imports(Path path) {
    return Imports.of(List.of(DumpSource.of(path)));
  }

  private String plain(String flavour, Dataspace dataspace) throws IOException {
    DumpTools.mySqlDump(
        flavour, dataspace, out, "--skip-dump-date", "--hex-blob", "--result-file=/out/plain");
    return Files.readString(out.resolve("plain"));
  }

  @EachMySql
  void allThatWasDumpedIsBack(String flavour) throws IOException {
    Dataspace from = HOME.create(flavour);
    Sql.on(from).run(CONTENTS);
    String expected = plain(flavour, from);
    for (String arguments :
        List.of(
            "--databases", "--hex-blob", "--skip-extended-insert", "--no-autocommit --compact")) {
      DumpTools.mySqlDump(
          flavour, from, out, (arguments + " --result-file=/out/dump.sql").split(" "));
      Dataspace to = HOME.create(flavour);
      to.importDump(imports(out.resolve("dump.sql")));
      assertThat(plain(flavour, to)).as(arguments).isEqualTo(expected);
      to.destroy(true);
    }
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
