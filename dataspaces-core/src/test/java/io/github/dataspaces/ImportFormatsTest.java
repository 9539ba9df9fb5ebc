package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.DumpTools;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 17: every format of {@code pg_dump} brings back all that was in the database. */
@Timeout(300)
class ImportFormatsTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  static final String[] CONTENTS = {
    "create role owner_elsewhere nologin",
    "alter schema public owner to owner_elsewhere",
    "create schema shop",
    "create type shop.mood as enum ('sad', 'O''K')",
    "create domain shop.\"bıgınt\" as bigint check (value > 0)",
    "create table shop.customer (id int generated always as identity primary key, name text unique, mood shop.mood)",
    "create table shop.orders (id serial primary key, customer int references shop.customer, note text, raw bytea, many int[], big shop.\"bıgınt\")",
    "create index on shop.orders (note)",
    "alter table shop.customer add favourite int references shop.orders deferrable initially deferred",
    "create table shop.log (at date not null, what text) partition by range (at)",
    "create table shop.log_2025 partition of shop.log for values from ('2025-01-01') to ('2026-01-01')",
    "create index on shop.log (what)",
    "create function shop.twice(i int) returns int language sql begin atomic select i; select case when i > 0 then i * 2 else 0 end; end",
    "create function shop.noted() returns trigger language plpgsql as $f$ begin new.note := coalesce(new.note, 'none; $$'); return new; end $f$",
    "create trigger noted before insert on shop.orders for each row execute function shop.noted()",
    "insert into shop.customer (name, mood) select 'n' || i, 'O''K' from generate_series(1, 1000) i",
    "insert into shop.orders (customer, note, raw, many, big) select i, E'tab\\tback\\\\slash\\nline é ' || i, decode(md5(i::text), 'hex'), array[i, null], i from generate_series(1, 1000) i",
    "insert into shop.orders (customer, note) values (1, null)",
    "update shop.customer set favourite = id",
    "insert into shop.log select date '2025-01-01' + i, E'\\\\.' from generate_series(0, 99) i",
    "create materialized view shop.sums as select count(*) from shop.orders",
    "create view shop.notes as select note from shop.orders",
    "create rule nothing as on delete to shop.log do also (select 1; select 2)",
    "select lo_from_bytea(4711, decode(repeat('00ff27', 50000), 'hex')), lo_from_bytea(4712, 'x')",
    "comment on table shop.orders is 'it''s; so'",
    "comment on index shop.orders_note_idx is 'an index'",
    "grant select on shop.orders to owner_elsewhere",
    "alter table shop.orders owner to owner_elsewhere",
    "alter function shop.twice owner to owner_elsewhere",
    "alter large object 4711 owner to owner_elsewhere",
    "alter default privileges in schema shop grant select on tables to owner_elsewhere",
    "create publication everything for all tables",
    "select setval('shop.orders_id_seq', 5000)",
  };

  @TempDir private Path out;

  @BeforeEach
  void needsTheTools() {
    DockerEngine.require();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=plain, --format=plain --inserts, --format=plain --compress=gzip",
        "--format=custom, --format=custom --compress=none, --format=custom --compress=zstd:3",
        "--format=custom --compress=lz4, --format=custom --inserts, --format=tar",
        "--format=directory --jobs=2, --format=directory --compress=none",
        "--format=directory --compress=zstd, --format=directory --compress=lz4",
      })
  void allThatWasDumpedIsBack(String formats) throws IOException {
    Dataspace from = HOME.create(RuntimeChoice.EMBEDDED);
    Sql.on(from).run(CONTENTS);
    String expected = DumpTools.plain(from);
    for (String arguments : formats.split(", ")) {
      String all = arguments + " --file=/out/dump";
      DumpTools.pgDump("postgres:18", from, out, all.split(" "));
      assertSame(expected, out.resolve("dump"), arguments);
      Command.run(Map.of(), "rm", "-rf", out.resolve("dump").toString());
    }
  }

  @Test
  void whateverItIsCompressedWith() throws IOException {
    Dataspace from = HOME.create(RuntimeChoice.EMBEDDED);
    Sql.on(from).run(CONTENTS);
    String expected = DumpTools.plain(from);
    Map<String, String> compressors = Map.of("plain", "xz", "custom", "zstd", "tar", "gzip");
    for (String format : compressors.keySet()) {
      Path dump = out.resolve(format);
      DumpTools.pgDump("postgres:18", from, out, "--format=" + format, "--file=/out/" + format);
      Command.output(
          "sh", "-c", "%s -c %s | gzip > %s.z".formatted(compressors.get(format), dump, dump));
      assertSame(expected, out.resolve(format + ".z"), format);
    }
  }

  private static void assertSame(String expected, Path dump, String what) throws IOException {
    Dataspace to = HOME.create(RuntimeChoice.EMBEDDED);
    to.importDump(Imports.of(List.of(DumpSource.of(dump))));
    assertThat(DumpTools.plain(to)).as(what).isEqualTo(expected);
    to.destroy(true);
  }
}
