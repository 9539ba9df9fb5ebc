package io.github.dataspaces.dump;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.github.dataspaces.config.DumpFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * A dump that is being written: compressed as its name says, and there only when all of it is. What
 * is written is the same whenever, and in however many pieces, the same is put in. Not thread-safe.
 */
public final class DumpFile implements AutoCloseable {

  private static final int BUFFER = 1 << 16;
  private static final Set<String> COMPRESSIONS = Set.of(".gz", ".xz", ".zst");

  /** Names that say what is not so. */
  private static final Set<String> FOREIGN = Set.of(".bz2", ".lz4", ".zip");

  private final Path target;
  private final Path scratch;
  private final OutputStream file;
  private final OutputStream out;

  private DumpFile(Path target, Path scratch, OutputStream file, OutputStream out) {
    this.target = target;
    this.scratch = scratch;
    this.file = file;
    this.out = out;
  }

  /**
   * Begins a file beside the target, which stays as it is until all is there.
   *
   * @throws IOException if it cannot be written there
   */
  public static DumpFile begin(Path target, DumpFormat format) throws IOException {
    Path scratch = target.resolveSibling(".dump-" + UUID.randomUUID() + ".scratch");
    OutputStream file = Files.newOutputStream(scratch, StandardOpenOption.CREATE_NEW);
    // also if the build is interrupted
    scratch.toFile().deleteOnExit();
    try {
      OutputStream buffered = new BufferedOutputStream(file, BUFFER);
      return new DumpFile(target, scratch, file, wrapped(buffered, target, format));
    } catch (IOException | RuntimeException e) {
      file.close();
      Files.deleteIfExists(scratch);
      throw e;
    }
  }

  private static OutputStream wrapped(OutputStream file, Path target, DumpFormat format)
      throws IOException {
    if (format == DumpFormat.CUSTOM) {
      return new ConstantTime(file);
    }
    return switch (ending(target)) {
      case ".sql" -> file;
      case ".gz" -> new GZIPOutputStream(file, BUFFER);
      case ".xz" -> new XZOutputStream(file, new LZMA2Options());
      default -> new ZstdOutputStream(file);
    };
  }

  /** Why a file of that format is not called so; empty if it may be. */
  public static Optional<String> objection(Path target, DumpFormat format) {
    String ending = ending(target);
    if (format == DumpFormat.CUSTOM && COMPRESSIONS.contains(ending)) {
      return Optional.of(
          "%s dumps are compressed in themselves, and not with '%s'".formatted(format, ending));
    }
    return FOREIGN.contains(ending)
        ? Optional.of("dumps are not compressed with '%s'".formatted(ending))
        : Optional.empty();
  }

  private static String ending(Path target) {
    String name = target.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(Math.max(0, name.lastIndexOf('.')));
  }

  /** Takes the dump. */
  public OutputStream out() {
    return out;
  }

  /**
   * Puts the file into its place, at once and for good.
   *
   * @return its size in bytes
   */
  public long finish() throws IOException {
    out.close();
    try (FileChannel channel = FileChannel.open(scratch, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    long size = Files.size(scratch);
    Files.move(scratch, target, StandardCopyOption.ATOMIC_MOVE);
    return size;
  }

  /** Removes what was written if it was not finished. */
  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(scratch);
  }
}
