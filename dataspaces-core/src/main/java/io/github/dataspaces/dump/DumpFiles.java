package io.github.dataspaces.dump;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DumpSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that dumps are made of. */
public final class DumpFiles {

  private static final Pattern DUMP =
      Pattern.compile("(?i)[^.].*\\.(sql|dump|dmp|backup|bak|tar|pgdump|pg)(\\.(gz|zst|xz|lz4))?");

  private DumpFiles() {}

  /**
   * The dumps in a place: itself, or those in a folder in the order of their names.
   *
   * @throws DataspaceException {@code NOT_FOUND} if there are none in the folder
   */
  public static List<DumpSource> in(DumpSource source) {
    if (!source.isFolder() || OpenDump.isDirectoryFormat(source.path().orElseThrow())) {
      return List.of(source);
    }
    List<DumpSource> dumps =
        files(source.path().orElseThrow(), 1).stream()
            .filter(file -> DUMP.matcher(file.getFileName().toString()).matches())
            .map(DumpSource::of)
            .toList();
    if (dumps.isEmpty()) {
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "There is no dump in the folder %s.".formatted(source.name()),
          "Dumps are called something.sql, .dump or .tar there, with .gz, .zst or .xz after it if compressed.");
    }
    return dumps;
  }

  /** A hash of the bytes of dumps, and in folders of the names of files. */
  public static String hash(List<DumpSource> sources) {
    MessageDigest digest = sha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      for (DumpSource source : sources) {
        for (DumpSource dump : in(source)) {
          addTo(out, dump);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new DataspaceException(
          Reason.INVALID,
          "A dump cannot be read: %s.".formatted(e.getMessage()),
          "Check its permissions.",
          e);
    }
  }

  private static void addTo(OutputStream out, DumpSource dump) throws IOException {
    if (dump.isStandardInput()) {
      throw new DataspaceException(
          Reason.INVALID,
          "What a dataspace is made of cannot come from the standard input.",
          "Name a file, or import it afterwards.");
    }
    if (!dump.isFolder()) {
      out.write('\n');
      try (InputStream in = dump.open()) {
        in.transferTo(out);
      }
      return;
    }
    for (Path file : files(dump.path().orElseThrow(), Integer.MAX_VALUE)) {
      out.write(("\n" + file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
      Files.copy(file, out);
    }
  }

  private static List<Path> files(Path folder, int depth) {
    try (Stream<Path> all = Files.walk(folder, depth)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
