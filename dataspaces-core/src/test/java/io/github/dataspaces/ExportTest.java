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
import io.github.dataspaces.testkit.Disk;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.DumpTools;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.HostPgDump;
import io.github.dataspaces.testkit.Logs;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Row 28, and the way out of row 17: dumps of PostgreSQL. */
@Timeout(300)
class ExportTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static final List<String> FILES =
      List.of("a.sql.zst", "a.sql", "a.sql.gz", "a.dump", "plain");

  @TempDir private Path folder;

  /** The newest that can be dumped there. It is called as its image is. */
  private static String flavour(RuntimeChoice runtime) {
    return runtime == RuntimeChoice.DOCKER ? "postgres:18" : HostPgDump.flavour();
  }

  private static Dataspace create(RuntimeChoice runtime) {
    return HOME.dataspaces().create(HOME.spec(runtime).flavour(flavour(runtime)).build());
  }

  private Map<String, byte[]> exportAll(Dataspace from) throws IOException {
    Map<String, byte[]> dumps = new LinkedHashMap<>();
    for (String name : FILES) {
      dumps.put(name, Files.readAllBytes(from.exportDump(Exports.to(folder.resolve(name)))));
    }
    return dumps;
  }

  private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> actual) {
    expected.forEach((name, bytes) -> assertThat(actual.get(name)).as(name).isEqualTo(bytes));
  }

  @EachRuntime
  void anUnchangedDatabaseIsTheSameBytesAndComesBackAsItWas(RuntimeChoice runtime)
      throws IOException {
    DockerEngine.require();
    Dataspace from = create(runtime);
    Sql.on(from).run(ImportFormatsTest.CONTENTS);
    Map<String, byte[]> dumps = exportAll(from);
    assertSame(dumps, exportAll(from));
    from.stop();
    from.start();
    assertSame(dumps, exportAll(from));
    assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(FILES);
    String expected = DumpTools.plain(from);
    assertThat(expected).contains("CREATE TRIGGER noted", "lo_create", "CREATE PUBLICATION");
    for (String name : List.of("a.sql.zst", "a.dump", "plain")) {
      Dataspace to = create(runtime);
      to.importDump(Imports.of(List.of(DumpSource.of(folder.resolve(name)))));
      assertThat(DumpTools.plain(to)).as(name).isEqualTo(expected);
      to.destroy(true);
    }
    Sql.on(from).run("insert into shop.customer (name) values ('one more')");
    exportAll(from).forEach((name, bytes) -> assertThat(bytes).isNotEqualTo(dumps.get(name)));
    HOME.assertTidy();
  }

  @EachRuntime
  void theStandardToolsTakeIt(RuntimeChoice runtime) throws IOException {
    DockerEngine.require();
    Dataspace from = create(runtime);
    Sql.on(from).run(ImportFormatsTest.CONTENTS);
    from.exportDump(Exports.to(folder.resolve("a.sql")));
    from.exportDump(Exports.to(folder.resolve("a.dump")));
    String expected = DumpTools.plain(from);
    Map<String, String> tools =
        Map.of(
            "psql", "--no-psqlrc --set=ON_ERROR_STOP=1 --file=/out/a.sql",
            "pg_restore", "--exit-on-error --dbname=dataspace /out/a.dump");
    tools.forEach(
        (tool, arguments) -> {
          Dataspace to = create(runtime);
          Sql.on(to).run("create role owner_elsewhere nologin");
          DumpTools.postgres(flavour(runtime), to, folder, tool, arguments.split(" "));
          assertThat(plain(to)).as(tool).isEqualTo(expected);
        });
  }

  private static String plain(Dataspace dataspace) {
    try {
      return DumpTools.plain(dataspace);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @EachRuntime
  void whatIsWrittenIsToldAndReplacesWhatWasThere(RuntimeChoice runtime) throws IOException {
    Dataspace from = create(runtime);
    Sql.on(from).run("create table one as select 1", "create table two as select 2");
    Path target = folder.resolve(from.name() + ".sql.zst");
    Files.writeString(target, "before");
    String log = Logs.of(() -> from.exportDump(Exports.to(folder)));
    assertThat(log)
        .containsPattern(
            "Exported 2 tables of '%s' to %s in [0-9.]+ m?s: [0-9.]+ k?B"
                .formatted(from.name(), target));
    assertThat(Files.readAllBytes(target)).startsWith(0x28, 0xb5, 0x2f, 0xfd);
    Path custom =
        from.exportDump(new Exports(folder, Optional.of(DumpFormat.CUSTOM), Selection.ALL));
    assertThat(custom).isEqualTo(folder.resolve(from.name() + ".dump"));
    assertThat(Files.readAllBytes(custom)).startsWith('P', 'G', 'D', 'M', 'P');
    Path link = Files.createSymbolicLink(folder.resolve("link.sql"), target);
    assertThat(from.exportDump(Exports.to(link))).isEqualTo(target.toRealPath());
    assertThat(link).isSymbolicLink();
  }

  /** The program fails when it has written something already. */
  @EachRuntime
  void aDumpThatFailsLeavesTheFileAsItWas(RuntimeChoice runtime) throws IOException {
    Dataspace from = create(runtime);
    Sql.on(from)
        .run(
            "create type mood as enum ('sad', 'ok')",
            "create table a as select i from generate_series(1, 100000) i",
            "create table b as select 'sad'::mood",
            "delete from pg_enum where enumlabel = 'sad'");
    Path target = folder.resolve("dump.sql");
    Files.writeString(target, "before");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> from.exportDump(Exports.to(target)))
        .withMessageStartingWith("pg_dump failed with exit code 1: ")
        .withMessageContaining("invalid internal value for enum")
        .withMessageNotContaining(from.connection().password())
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INFRASTRUCTURE));
    assertThat(target).hasContent("before");
    assertThat(folder.toFile().list()).containsExactly("dump.sql");
  }

  @EachRuntime
  @ResourceLock("the small disk")
  void aFullDiskIsToldAndLeavesNothing(RuntimeChoice runtime) throws IOException {
    Path disk = Disk.SMALL.folder();
    Dataspace from = create(runtime);
    Sql.on(from).run("create table t as select i, md5(i::text) from generate_series(1, 400000) i");
    Path ballast = disk.resolve("ballast");
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (Files.getFileStore(ballast).getUsableSpace() > 8_000_000) {
        out.write(block);
      }
    }
    Path target = disk.resolve("dump.sql");
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> from.exportDump(Exports.to(target)))
        .withMessageStartingWith(target + " cannot be written: No space left on device.")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INFRASTRUCTURE));
    try (Stream<Path> left = Files.list(disk)) {
      assertThat(left).containsExactly(ballast);
    }
    Files.delete(ballast);
    assertThat(Sql.on(from).query("select count(*) from t")).isEqualTo("400000");
  }

  @EachRuntime
  void whatCannotBeWrittenIsToldAtOnce(RuntimeChoice runtime) throws IOException {
    Dataspace from = create(runtime);
    Path file = Files.writeString(folder.resolve("file"), "before");
    refused(from, folder.resolve("no/a.sql"), "There is no folder " + folder.resolve("no") + ".");
    refused(from, file.resolve("a.sql"), "There is no folder " + file + ".");
    refused(from, Path.of("/dev/null"), "/dev/null is no file.");
    refused(from, Path.of("/proc/a.sql"), "/proc/a.sql cannot be written: ");
    refused(from, folder.resolve("a.zip"), "dumps are not compressed with '.zip'. Let its name");
    from.pause();
    refused(from, folder, "Dataspace '%s' is paused. Resume it with".formatted(from.name()));
    from.resume();
    from.stop();
    refused(from, folder, "Dataspace '%s' is stopped. Start it with".formatted(from.name()));
    assertThat(folder.toFile().list()).containsExactly("file");
    assertThat(file).hasContent("before");
  }

  private static void refused(Dataspace from, Path target, String message) {
    assertThatExceptionOfType(DataspaceException.class)
        .isThrownBy(() -> from.exportDump(Exports.to(target)))
        .withMessageContaining(message);
  }
}
