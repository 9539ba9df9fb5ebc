package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DumpFormat;
import io.github.dataspaces.config.Exports;
import io.github.dataspaces.dump.DumpFile;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.home.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The file that an export writes.
 *
 * @param file the file, which need not be there
 * @param format what is to be in it
 */
record ExportTarget(Path file, DumpFormat format) {

  /**
   * @param name the dataspace's, which the file has in a folder
   */
  static ExportTarget of(Exports exports, String name, Flavour flavour) {
    Path place = exports.file().toAbsolutePath().normalize();
    boolean folder = Files.isDirectory(place);
    DumpFormat format = format(exports, folder ? "" : place.toString(), flavour);
    Path file = folder ? place.resolve(name + format.ending()) : place;
    requirePlace(file);
    DumpFile.objection(file, format)
        .ifPresent(
            why -> {
              throw new DataspaceException(
                  Reason.INVALID,
                  "%s cannot be written: %s.".formatted(file, why),
                  "Let its name end with .sql, .sql.zst, .sql.gz or .sql.xz, or for the custom format with .dump.");
            });
    return new ExportTarget(linked(file), format);
  }

  private static DumpFormat format(Exports exports, String file, Flavour flavour) {
    List<DumpFormat> formats = flavour.dumps().formats();
    DumpFormat format =
        exports
            .format()
            .orElseGet(
                () ->
                    formats.stream()
                        .filter(known -> file.endsWith(known.ending()))
                        .findFirst()
                        .orElse(formats.get(0)));
    if (!formats.contains(format)) {
      throw new DataspaceException(
          Reason.INVALID,
          "format: %s has no %s dumps.".formatted(flavour.name(), format),
          "Use %s."
              .formatted(
                  formats.stream().map(DumpFormat::toString).collect(Collectors.joining(" or "))));
    }
    return format;
  }

  private static void requirePlace(Path file) {
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "There is no folder %s.".formatted(folder),
          "Make it, or name a file elsewhere.");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new DataspaceException(
          Reason.INVALID, "%s is no file.".formatted(file), "Name another.");
    }
  }

  /** Where a link is that leads to a file, the file is replaced. */
  private static Path linked(Path file) {
    try {
      return Files.exists(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "%s cannot be followed: %s.".formatted(file, Reasons.of(e)),
          "Name the file itself.",
          e);
    }
  }
}
