package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DumpFormat;
import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Exports;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.Selection;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 17: what is imported, and what is left of what cannot be. */
class ImportTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final String DUMP =
      """
      --
      -- PostgreSQL database dump
      --
      \\restrict abc
      SET transaction_timeout = 0;
      SET no_such_setting = 0;
      SET client_encoding = 'UTF8';
      CREATE SCHEMA public;
      COMMENT ON EXTENSION no_such_extension IS 'x';
      CREATE TABLE public.orders (id integer NOT NULL, item text);
      ALTER TABLE public.orders OWNER TO somebody;
      COPY public.orders (id, item) FROM stdin;
      1\ttea
      2\tcof\\tfee
      \\.
      ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
      GRANT SELECT ON TABLE public.orders TO "some reader";
      --
      -- PostgreSQL database dump complete
      --
      \\unrestrict abc
      """;

  @TempDir private Path folder;

  private Imports write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Imports write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out =
        name.endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(file))
            : Files.newOutputStream(file)) {
      out.write(bytes);
    }
    return imports(file);
  }

  private static Imports imports(Path path) {
    return imports(DumpSource.of(path));
  }

  private static Imports imports(DumpSource dump) {
    return Imports.of(List.of(dump));
  }

  @EachRuntime
  void aPlainDumpIsImportedWhoeverOwnedIt(RuntimeChoice runtime) throws IOException {
    Dataspace made = HOME.create(runtime);
    Sql.on(made).run("create table earlier as select 1 as id");
    int port = made.connection().port();
    made.importDump(write("dump.sql.gz", DUMP));
    assertThat(made.connection().port()).isEqualTo(port);
    assertThat(Sql.on(made).rows("select * from orders order by 1"))
        .containsExactly("1|tea", "2|cof\tfee");
    assertThat(Sql.on(made).query("select tableowner from pg_tables where tablename = 'orders'"))
        .isEqualTo("somebody");
    assertThat(Sql.on(made).query("select id from earlier")).isEqualTo("1");
    HOME.assertTidy();
  }

  @Test
  void rowsGoInAsTheyWouldOneByOne() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    made.importDump(
        write(
            "rows.sql",
            """
            create table t (id int primary key, v text default 'd', n numeric, day date);
            insert into t values (1, 'a', 1, '2026-01-01');
            insert into t values (2, DEFAULT, '2', NULL);
            insert into t values (3, NULL, -1.5e3, '2026-01-03');
            create table seen (id int);
            create function note() returns trigger language plpgsql as 'begin insert into seen values (1); return null; end';
            create trigger note after insert on t for each statement execute function note();
            insert into t (id) values (4);
            insert into t (id) values (5);
            """));
    assertThat(Sql.on(made).rows("select * from t order by id"))
        .containsExactly(
            "1|a|1|2026-01-01",
            "2|d|2|null",
            "3|null|-1500|2026-01-03",
            "4|d|null|null",
            "5|d|null|null");
    assertThat(Sql.on(made).query("select count(*) from seen")).isEqualTo("2");
    String statements = "select count(distinct (xmin::text, cmin::text)) from t where id ";
    assertThat(Sql.on(made).query(statements + "<= 3")).isEqualTo("1");
    assertThat(Sql.on(made).query(statements + "> 3")).isEqualTo("2");
    Imports twice =
        write(
            "twice.sql",
            """
            drop trigger note on t;
            insert into t (id) values (6);
            insert into t (id) values (7);
            insert into t (id) values (6);
            """);
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(twice))
        .withMessageContaining("twice.sql failed in line 4, at \"insert into t (id) values (6)\"");
  }

  @EachRuntime
  void nothingIsLeftOfADumpThatFailsAtItsLastLine(RuntimeChoice runtime) throws IOException {
    Dataspace made = HOME.createWithItems(runtime);
    Imports broken = write("dump.sql", DUMP + "select no_such_function();\n");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(broken))
        .withMessageContaining("dump.sql failed in line 22, at \"select no_such_function()\"")
        .withMessageContaining("nothing of it was kept")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
    assertThat(Sql.on(made).query("select to_regclass('orders'), to_regrole('somebody')"))
        .isEqualTo("null|null");
    assertThat(Sql.on(made).query("select count(*) from item")).isEqualTo("100");
    HOME.assertTidy();
  }

  @Test
  void insertsAreSentManyAtOnceAndTheWrongOneIsNamed() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    StringBuilder script = new StringBuilder("create table t (id int primary key, at int);\n");
    for (int i = 1; i <= 5000; i++) {
      script.append("insert into t values (%d, null);\n".formatted(i));
    }
    made.importDump(write("good.sql", script.toString()));
    assertThat(Sql.on(made).query("select count(*), sum(id) from t")).isEqualTo("5000|12502500");
    String wrong =
        script
            .toString()
            .replace("(4321, null)", "(4321, 'x')")
            .replace("table t", "table if not exists t");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(write("wrong.sql", "truncate t; begin;\n" + wrong)))
        .withMessageContaining(
            "wrong.sql failed in line 4323, at \"insert into t values (4321, 'x')\"");
    assertThat(Sql.on(made).query("select count(*) from t")).isEqualTo("5000");
  }

  @Test
  void aDumpMayComeFromAnotherProgram() {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(DUMP.getBytes(StandardCharsets.UTF_8)));
    try {
      made.importDump(imports(DumpSource.standardInput()));
    } finally {
      System.setIn(before);
    }
    assertThat(Sql.on(made).rows("select item from orders order by id"))
        .containsExactly("tea", "cof\tfee");
  }

  @Test
  void theScriptsOfAFolderAreRunInTheOrderOfTheirNames() throws IOException {
    write("10-first.sql", "create table t (id serial, word text);");
    write("2-last.sql.gz", "insert into t (word) values ('last');");
    write("11-second.SQL", "insert into t (word) values ('second');");
    write("notes.txt", "no SQL");
    write(".hidden.sql", "no SQL");
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    made.importDump(imports(folder));
    assertThat(Sql.on(made).rows("select id, word from t order by id"))
        .containsExactly("1|second", "2|last");
  }

  @ParameterizedTest
  @EnumSource(DumpFormat.class)
  void aDumpOfAnOlderServerGoesIntoANewerOne(DumpFormat format) {
    DockerEngine.requireThat(Command.exists("pg_dump"), "no pg_dump");
    Dataspace older =
        HOME.dataspaces().create(HOME.spec(RuntimeChoice.EMBEDDED).flavour("postgres:15").build());
    Sql.on(older)
        .run(
            "create table item (id serial primary key, name text unique)",
            "insert into item (name) select 'item ' || n from generate_series(1, 100) n");
    Path dump = older.exportDump(new Exports(folder, Optional.of(format), Selection.ALL));
    Dataspace newer = HOME.create(RuntimeChoice.EMBEDDED);
    newer.importDump(imports(dump));
    assertThat(newer.info().version()).startsWith("18");
    String query = "select count(*), max(name), nextval('item_id_seq') from item";
    assertThat(Sql.on(newer).query(query)).isEqualTo("100|item 99|101");
  }

  /** As {@code pg_dump --encoding} makes it: statements and rows alike. */
  @Test
  void aDumpMayBeInAnotherEncoding() throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    String dump =
        """
        --
        -- PostgreSQL database dump
        --
        SET client_encoding = 'LATIN1';
        CREATE TABLE public.straße (wort text);
        INSERT INTO public.straße VALUES ('Grüße');
        COPY public.straße (wort) FROM stdin;
        Ölfaß
        \\.
        --
        -- PostgreSQL database dump complete
        --
        """;
    made.importDump(write("dump.sql", dump.getBytes(StandardCharsets.ISO_8859_1)));
    assertThat(Sql.on(made).rows("select wort from straße order by 1"))
        .containsExactlyInAnyOrder("Grüße", "Ölfaß");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void scriptsOfWindowsMayBeInUtf16(String charset) throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    String script = "\uFEFFcreate table t as select 'Grüße; \uD83D\uDE00'::text as word;\r\n";
    made.importDump(write("script.sql", script.getBytes(charset)));
    assertThat(Sql.on(made).query("select word from t")).isEqualTo("Grüße; \uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", " ", "-- only a comment\n", "select 1;\u0000", "PGDMP", "\u001f\u008b"})
  void whatIsNoDumpIsToldAndLeavesNothing(String bytes) throws IOException {
    Dataspace made = HOME.create(RuntimeChoice.EMBEDDED);
    Imports junk = write("junk", bytes.getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> made.importDump(junk))
        .withMessageContaining("junk")
        .withMessageNotContaining("null");
    assertThat(Sql.on(made).answers()).isTrue();
    HOME.assertTidy();
  }

  @Test
  void anImportIsPartOfWhatANewDataspaceIsMadeFrom() throws IOException {
    Imports dump = write("dump.sql", DUMP);
    Dataspace first =
        HOME.dataspaces().create(HOME.spec(RuntimeChoice.EMBEDDED).imports(dump).build());
    assertThat(Sql.on(first).query("select count(*) from orders")).isEqualTo("2");
    int templates = templates();
    HOME.dataspaces().create(HOME.spec(RuntimeChoice.EMBEDDED).imports(dump).build());
    assertThat(templates()).isEqualTo(templates);
    Imports changed = write("dump.sql", DUMP.replace("tea", "milk"));
    Dataspace third =
        HOME.dataspaces().create(HOME.spec(RuntimeChoice.EMBEDDED).imports(changed).build());
    assertThat(Sql.on(third).query("select item from orders where id = 1")).isEqualTo("milk");
    assertThat(templates()).isEqualTo(templates + 1);
  }

  private static int templates() {
    String[] names = HOME.folder().resolve("templates").toFile().list();
    return names == null ? 0 : names.length;
  }
}
