package io.github.dataspaces.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.dump.ArchiveBlock.Piece;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That whatever is read is either understood or refused: nothing hangs, nothing crashes. */
class DumpFuzzTest {

  private static final long TIME = 4_000_000_000L;
  private static final int MOST = 20_000;

  private static final String PSQL =
      """
      -- PostgreSQL database dump
      \\restrict x
      SET client_encoding = 'UTF8'; set standard_conforming_strings = on;
      CREATE FUNCTION f() RETURNS int AS $$ begin; $a$ ; $a$ end $$ LANGUAGE plpgsql;
      create function g() begin atomic; select case when true then 'é' end; end;
      COPY t (a) FROM stdin;
      tea\t\\N
      \\.
      insert into t values (E'it\\'s', 'it''s', "b;") /* /* ; */ */;
      -- PostgreSQL database dump complete
      """;

  private static final String MYSQL =
      """
      /*M!999999\\- enable the sandbox mode */
      -- MariaDB dump 10.19
      /*!40101 SET NAMES latin1 */;
      DELIMITER ;;
      create trigger t before insert on a for each row begin set @a = 1; end ;;
      delimiter ;
      insert into `t` values (1,'it\\'s',_binary 'x',"q"); # done; '
      SET sql_mode='NO_BACKSLASH_ESCAPES';
      -- Dump completed
      """;

  @TempDir private Path folder;

  private static byte[] original(String kind) throws IOException {
    return switch (kind) {
      case "psql" -> PSQL.getBytes(StandardCharsets.UTF_8);
      case "mysql" -> MYSQL.getBytes(StandardCharsets.UTF_8);
      case "gzip" -> gzip(PSQL.getBytes(StandardCharsets.UTF_8));
      case "tar" -> tar();
      default -> TinyArchive.bytes();
    };
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] tar() throws IOException {
    byte[] toc = TinyArchive.bytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      TarArchiveEntry entry = new TarArchiveEntry("toc.dat");
      entry.setSize(toc.length);
      tar.putArchiveEntry(entry);
      tar.write(toc);
      tar.closeArchiveEntry();
    }
    return out.toByteArray();
  }

  @Test
  void theOriginalsAreUnderstood() throws IOException {
    assertThat(read(original("psql"), Syntax.PSQL)).hasSize(6);
    assertThat(read(original("gzip"), Syntax.PSQL)).hasSize(6);
    assertThat(read(original("mysql"), Syntax.MYSQL)).hasSize(3);
    assertThat(read(original("custom"), Syntax.PSQL))
        .containsExactly("tea\nbread\n", "a large object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"psql", "mysql", "gzip", "tar", "custom"})
  void whateverIsDoneToItIsReadOrRefused(String kind) throws IOException {
    byte[] original = original(kind);
    Syntax syntax = kind.equals("mysql") ? Syntax.MYSQL : Syntax.PSQL;
    long end = System.nanoTime() + TIME;
    int refused = 0;
    int seed = 0;
    while (seed < MOST && System.nanoTime() < end) {
      byte[] mutated = mutated(original, new Random(seed++));
      try {
        read(mutated, syntax);
      } catch (IOException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(kind + " with seed " + (seed - 1), e);
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void anArchiveThatIsCutShortIsRefusedWhereverItIsCut() {
    byte[] whole = TinyArchive.bytes();
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(IOException.class)
          .as("cut after %d bytes", length)
          .isThrownBy(() -> readArchive(cut));
    }
  }

  private void readArchive(byte[] bytes) throws IOException {
    ArchiveToc toc = ArchiveToc.read(new ByteArrayInputStream(bytes));
    readArchive(new PgArchive(toc, new CustomStream(toc)), new ArrayList<>());
  }

  private List<String> read(byte[] bytes, Syntax syntax) throws IOException {
    Path file = folder.resolve("dump");
    Files.write(file, bytes);
    List<String> found = new ArrayList<>();
    try (OpenDump dump = OpenDump.open(DumpSource.of(file), count -> {})) {
      if (dump.kind().isArchive()) {
        readArchive(dump.archive(), found);
      } else {
        readScript(dump.statements(syntax), found);
      }
    }
    return found;
  }

  private static void readScript(StatementReader script, List<String> found) throws IOException {
    for (Optional<Statement> next = script.next(); next.isPresent(); next = script.next()) {
      found.add(next.get().text() + next.get().beginning());
      if (script.isCopy(next.get())) {
        found.add(new String(script.rows().readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  private static void readArchive(PgArchive archive, List<String> found) throws IOException {
    for (Optional<ArchiveBlock> next = archive.next(); next.isPresent(); next = archive.next()) {
      try (ArchiveBlock block = next.get()) {
        for (Optional<Piece> piece = block.pieces().next();
            piece.isPresent();
            piece = block.pieces().next()) {
          found.add(new String(piece.get().data().readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      int length = 1 + random.nextInt(Math.min(40, bytes.length - at));
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 2 -> bytes = joined(bytes, at, original, random.nextInt(original.length), length);
        case 3 -> bytes = joined(bytes, Math.max(1, at), new byte[0], 0, 0);
        default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return bytes;
  }

  /** Puts some of {@code from} into {@code bytes}. */
  private static byte[] joined(byte[] bytes, int at, byte[] from, int begin, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.write(from, begin, Math.min(length, from.length - begin));
    out.write(bytes, at, Math.max(0, bytes.length - at - (length == 0 ? 1 : 0)));
    return out.toByteArray();
  }
}
