package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What of a database is exported, and where to. Immutable.
 *
 * @param file the file to write; or a folder that is there, in which it is called after the
 *     dataspace. An SQL file is compressed as its name says: {@code .zst}, {@code .gz}, {@code
 *     .xz}, not at all if it ends with {@code .sql}; with zstd if it says nothing
 * @param format empty for {@code custom} if the file's name ends with {@code .dump} and the engine
 *     has that, else {@code plain}
 * @param selection which tables and rows of it
 */
public record Exports(Path file, Optional<DumpFormat> format, Selection selection) {

  /** All of a database. */
  public static Exports to(Path file) {
    return new Exports(file, Optional.empty(), Selection.ALL);
  }

  /**
   * Reads settings by their names, {@code file}, {@code format}, and those of {@link
   * Selection#of(Settings.Layer)}.
   *
   * @param said where the settings are; nothing has to be said
   * @param folder where relative paths begin, and where the file is if none is named
   * @throws DataspaceException {@link Reason#INVALID} for a value that cannot be used, {@link
   *     Reason#NOT_FOUND} for a folder that is not there
   */
  public static Exports of(Settings.Layer said, Path folder) {
    return new Exports(
        said.apply("file").map(text -> file(text, folder)).orElse(folder),
        said.apply("format").map(DumpFormat::parse),
        Selection.of(said));
  }

  private static Path file(String text, Path folder) {
    if (text.equals(DumpSource.STANDARD_INPUT)) {
      throw new DataspaceException(
          Reason.INVALID, "A dump is not written to the standard output.", "Name a file.");
    }
    Path file = folder.resolve(text);
    if (text.endsWith("/") && !Files.isDirectory(file)) {
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "There is no folder %s.".formatted(file),
          "Make it, or name a file elsewhere.");
    }
    return file;
  }
}
