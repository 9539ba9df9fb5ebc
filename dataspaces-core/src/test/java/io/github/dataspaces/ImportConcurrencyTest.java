package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.DumpTools;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is imported over several connections at once is the same, and what is wrong is named. */
@Timeout(300)
class ImportConcurrencyTest {

  @RegisterExtension static final TestHome HOME = TestHome.fresh();

  private static final String NUMBERS =
      " with recursive n (i) as (select 1 union all select i + 1 from n where i < 900) select ";

  private static final String[] CONTENTS = {
    "create table keyed (id int primary key, a varchar(40), b int not null, c text, unique key one (b), key `a b` (a, b desc), key part (c(7)), key two (b, a) comment 'it''s, (b)')",
    "insert into keyed"
        + NUMBERS
        + "(i * 7919) % 1009, left(sha2(i, 256), 40), i, repeat(i, 20) from n",
    "create table `od``d` (k varchar(20) primary key, v int, key (v))",
    "insert into `od``d`" + NUMBERS + "left(sha2(i * 31, 256), 20), i % 7 from n",
    "create table counted (n int auto_increment, id int primary key, key (n), key (id, n))",
    "insert into counted" + NUMBERS + "i, 1000 - i from n",
    "create table child (id int primary key, parent int, self int, key (self), foreign key (parent) references keyed (id), foreign key (self) references child (id))",
    "insert into child select id, id, id from keyed",
    "create table unkeyed (a int, b int, key (b))",
    "insert into unkeyed" + NUMBERS + "(i * 7919) % 1009, i % 3 from n",
    "create table worded (id int primary key, t text, n int, fulltext key (t), key (n))",
    "insert into worded" + NUMBERS + "i, concat('word', i), i from n",
    "create table placed (id int primary key, p point not null, n int, spatial key (p), key (n))",
    "insert into placed" + NUMBERS + "i, point(i, i), i from n",
    "create table watched (id int primary key, n int, key (n))",
    "insert into watched" + NUMBERS + "i, 5 from n",
    "create trigger twice before insert on watched for each row set new.n = new.n * 2",
    "create table parted (id int primary key, n int, key (n)) partition by hash (id) partitions 4",
    "insert into parted" + NUMBERS + "i, i % 5 from n",
  };

  @TempDir private Path out;

  private static Imports imports(Path path) {
    return Imports.of(List.of(DumpSource.of(path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql:9.7", "mariadb:10.11", "mariadb:11.8"})
  void rowsOfManyInsertsComeBackAsTheyWere(String image) throws IOException {
    DockerEngine.require();
    Dataspace from = HOME.create(image);
    Sql.on(from).run(CONTENTS);
    String expected = DumpTools.plain(image, from, out);
    DumpTools.mySqlDump(
        image, from, out, "--net-buffer-length=4096", "--hex-blob", "--result-file=/out/dump.sql");
    assertThat(Files.readString(out.resolve("dump.sql")).split("INSERT INTO `keyed`").length)
        .isGreaterThan(10);

    Dataspace to = HOME.create(image);
    to.importDump(imports(out.resolve("dump.sql")));

    // that of the script, that of the import, and those that insert
    int connections = 2 + Math.min(4, Runtime.getRuntime().availableProcessors());
    String most =
        Sql.on(to)
            .query(
                "select variable_value from %s.global_status where variable_name = 'Max_used_connections'"
                    .formatted(
                        image.startsWith("mysql") ? "performance_schema" : "information_schema"));
    assertThat(Integer.parseInt(most)).isGreaterThanOrEqualTo(connections);
    assertThat(DumpTools.plain(image, to, out)).isEqualTo(expected);
    assertThat(Sql.on(to).rows("select a from unkeyed"))
        .isEqualTo(Sql.on(from).rows("select a from unkeyed"));
    assertThat(
            Sql.on(to)
                .query(
                    "select concat(@@global.innodb_stats_auto_recalc, @@innodb_buffer_pool_size)"))
        .isEqualTo(
            Sql.on(from)
                .query(
                    "select concat(@@global.innodb_stats_auto_recalc, @@innodb_buffer_pool_size)"));
    to.snapshot("after", false);
    to.rollback("after");
    assertThat(DumpTools.plain(image, to, out)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql:9.7", "mariadb:11.8"})
  void aRowThatIsThereTwiceIsNamed(String image) throws IOException {
    DockerEngine.require();
    Dataspace made = HOME.createWithItems(image);
    StringBuilder script =
        new StringBuilder(
            "-- MySQL dump 10.13  Distrib 9.7\n/*!40014 SET FOREIGN_KEY_CHECKS=0 */;\n");
    script.append("CREATE TABLE t (id int primary key, n int, key (n));\n");
    for (int i = 1; i <= 3000; i++) {
      script.append("INSERT INTO t VALUES (%d,1);\n".formatted(i == 2500 ? 17 : i));
    }
    script.append("-- Dump completed\n");
    Path dump = out.resolve("dump.sql");
    Files.writeString(dump, script);
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(imports(dump)))
        .withMessageMatching(
            "(?s).*dump.sql failed in line (2503|20), at \"INSERT INTO t VALUES \\(17,1\\)\".*");
    assertThat(Sql.on(made).rows("show tables")).containsExactly("item");
    HOME.assertTidy();
  }

  @Test
  void anIndexThatCannotBeMadeIsNamed() throws IOException {
    Dataspace made = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    StringBuilder script = new StringBuilder("--\n-- PostgreSQL database dump\n--\n");
    for (int i = 1; i <= 6; i++) {
      script.append("CREATE TABLE public.t%d (id integer, n integer);\n".formatted(i));
      script.append("COPY public.t%d (id, n) FROM stdin;\n1\t1\n2\t1\n\\.\n".formatted(i));
    }
    for (int i = 1; i <= 6; i++) {
      script.append(
          "ALTER TABLE ONLY public.t%d\n    ADD CONSTRAINT t%d_pkey PRIMARY KEY (%s);\n"
              .formatted(i, i, i == 4 ? "n" : "id"));
    }
    script.append("CREATE INDEX by_n ON public.t1 USING btree (n);\n");
    script.append("--\n-- PostgreSQL database dump complete\n--\n");
    Path dump = out.resolve("dump.sql");
    Files.writeString(dump, script);
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(imports(dump)))
        .withMessageContaining("at \"ALTER TABLE ONLY public.t4 ADD CONSTRAINT t4_pkey");
    assertThat(Sql.on(made).query("select count(*) from item")).isEqualTo("100");
    Files.writeString(dump, script.toString().replace("(n);\nALTER", "(id);\nALTER"));
    made.importDump(imports(dump));
    assertThat(
            Sql.on(made)
                .query(
                    "select count(*) from pg_indexes where tablename like 't_' and schemaname = 'public'"))
        .isEqualTo("7");
    HOME.assertTidy();
  }
}
