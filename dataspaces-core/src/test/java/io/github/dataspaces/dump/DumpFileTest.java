package io.github.dataspaces.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DumpFormat;
import io.github.dataspaces.config.DumpSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 28: the same is written the same each time, and only when all of it is there. */
class DumpFileTest {

  @TempDir private Path folder;

  private Path write(String name, DumpFormat format, byte[] bytes, int piece) throws IOException {
    Path target = folder.resolve(name);
    try (DumpFile file = DumpFile.begin(target, format)) {
      for (int at = 0; at < bytes.length; at += piece) {
        file.out().write(bytes, at, Math.min(piece, bytes.length - at));
      }
      assertThat(target).doesNotExist();
      assertThat(file.finish()).isEqualTo(Files.size(target));
    }
    return target;
  }

  /** More than any window or buffer of the compressions; neither random nor all the same. */
  private static byte[] rows() {
    Random random = new Random(7);
    StringBuilder rows = new StringBuilder("-- rows\n");
    while (rows.length() < 20_000_000) {
      rows.append("insert into t values (").append(random.nextInt(100_000)).append(");\n");
    }
    return rows.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.sql", "a.sql.gz", "a.sql.zst", "a", "a.txt", "a.xz"})
  void theBytesDoNotDependOnTheTimeNorOnThePiecesInWhichTheyCome(String name) throws IOException {
    byte[] rows =
        name.endsWith("xz")
            ? "select 1;\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII)
            : rows();
    byte[] once = Files.readAllBytes(write(name, DumpFormat.PLAIN, rows, rows.length));
    Files.delete(folder.resolve(name));
    byte[] again = Files.readAllBytes(write(name, DumpFormat.PLAIN, rows, 7919));
    assertThat(again).isEqualTo(once);
    assertThat(Compression.of(once).isEmpty()).isEqualTo(name.equals("a.sql"));
    assertThat(expanded(once)).isEqualTo(rows);
    try (OpenDump dump = OpenDump.open(DumpSource.of(folder.resolve(name)), read -> {})) {
      assertThat(dump.kind()).isEqualTo(DumpKind.SCRIPT);
    }
  }

  private static byte[] expanded(byte[] bytes) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes);
    return Compression.of(bytes).isPresent()
        ? Compression.of(bytes).get().expand(in).readAllBytes()
        : bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 16})
  void anArchiveWasMadeAtTheBeginningOf1980(int minor) throws IOException {
    byte[] first = archive(minor, 12);
    byte[] second = archive(minor, 34);
    assertThat(first).isNotEqualTo(second);
    Path one = write("one.dump", DumpFormat.CUSTOM, first, 1);
    Path other = write("other.dump", DumpFormat.CUSTOM, second, first.length);
    assertThat(one).hasSameBinaryContentAs(other);
    byte[] written = Files.readAllBytes(one);
    assertThat(written)
        .hasSameSizeAs(first)
        .endsWith("the rest".getBytes(StandardCharsets.US_ASCII));
    int time = minor == 14 ? 16 : 12;
    assertThat(written).startsWith(Arrays.copyOf(first, time));
    int[] expected = {0, 0, 0, 1, 0, 80, 0};
    for (int i = 0; i < expected.length; i++) {
      assertThat(written[time + 5 * i + 1]).isEqualTo((byte) expected[i]);
    }
  }

  /** The header as pg_dump writes it, made in that second. */
  private static byte[] archive(int minor, int second) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("PGDMP".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(new byte[] {1, (byte) minor, 0, 4, 8, 1});
    if (minor >= 15) {
      bytes.write(3);
    } else {
      number(bytes, 6);
    }
    for (int part : new int[] {second, 59, 23, 31, 11, 126, 1}) {
      number(bytes, part);
    }
    bytes.writeBytes("the database, the versions, the rest".getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  private static void number(ByteArrayOutputStream bytes, int number) {
    bytes.writeBytes(new byte[] {0, (byte) number, 0, 0, 0});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a.sql.lz4 | plain | dumps are not compressed with '.lz4'",
        "a.ZIP | plain | dumps are not compressed with '.zip'",
        "a.dump.gz | custom | custom dumps are compressed in themselves, and not with '.gz'",
        "a.sql.gz | plain |",
        "zst | custom |",
      })
  void namesDoNotSayWhatIsNotSo(String name, String format, @Nullable String objection) {
    assertThat(DumpFile.objection(folder.resolve(name), DumpFormat.parse(format)))
        .isEqualTo(Optional.ofNullable(objection));
  }

  @Test
  void whatIsNotFinishedLeavesTheFileAsItWas() throws IOException {
    Path target = folder.resolve("dump.sql");
    Files.writeString(target, "before");
    try (DumpFile file = DumpFile.begin(target, DumpFormat.PLAIN)) {
      file.out().write(rows());
    }
    assertThat(target).hasContent("before");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }
}
