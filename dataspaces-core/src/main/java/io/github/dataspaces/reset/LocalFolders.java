package io.github.dataspaces.reset;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews folders of PostgreSQL's clones in this process, where it can reach the server's files:
 * three programs take five times as long. Whatever is unusual is left to those, see {@link
 * FolderPrograms}. Used by one thread.
 */
final class LocalFolders {

  private static final Logger LOG = LoggerFactory.getLogger(LocalFolders.class);

  private static final String PLACE =
      "select current_setting('data_directory'), pg_read_file('postmaster.pid')";

  /** More than that had better be shared than copied. */
  private static final long MOST_BYTES = 16_000_000;

  private final Path data;
  private final Map<String, Listed> listed = new HashMap<>();

  private LocalFolders(Path data) {
    this.data = data;
  }

  /** Those of a server; empty if its files are out of reach, in a container for example. */
  static Optional<LocalFolders> of(AdminConnection admin) {
    List<String> place = admin.query(PLACE).get(0);
    Path data = Path.of(place.get(0));
    try {
      return Files.readString(data.resolve("postmaster.pid")).equals(place.get(1))
              && Files.isWritable(data)
          ? Optional.of(new LocalFolders(data))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * A template's files.
   *
   * @param names theirs
   * @param dated what files are dated to that have not been written
   */
  private record Listed(Set<String> names, FileTime dated) {

    static Listed of(Path list) throws IOException {
      return new Listed(Set.copyOf(Files.readAllLines(list)), Files.getLastModifiedTime(list));
    }
  }

  /** As {@link FolderPrograms#renew}; where it answers false that can still be done. */
  boolean renew(String template, String old, String next) {
    try {
      Path link = data.resolve("base").resolve(old);
      if (!Files.isSymbolicLink(link)
          || !Path.of("..", CloneFolders.FOLDER, template)
              .equals(Files.readSymbolicLink(link).getParent())) {
        return false;
      }
      Listed files = listed.get(template);
      if (files == null) {
        files = Listed.of(data.resolve(CloneFolders.FOLDER).resolve(template).resolve("list"));
        listed.put(template, files);
      }
      if (!isRestored(link, files, template)) {
        return false;
      }
      Files.move(link, link.resolveSibling(next));
      return true;
    } catch (IOException e) {
      LOG.debug("A clone's folder was not renewed here", e);
      return false;
    }
  }

  private boolean isRestored(Path folder, Listed files, String template) throws IOException {
    Set<String> missing = new HashSet<>(files.names());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path file : entries) {
        if (Files.getLastModifiedTime(file).compareTo(files.dated()) > 0) {
          Files.delete(file);
        } else if (!missing.remove(file.getFileName().toString())) {
          return false;
        }
      }
    }
    return missing.isEmpty() || isCopied(missing, data.resolve("base").resolve(template), folder);
  }

  private boolean isCopied(Set<String> names, Path template, Path folder) throws IOException {
    long bytes = 0;
    for (String name : names) {
      bytes += Files.size(template.resolve(name));
    }
    Path large = data.resolve(LargeFiles.FOLDER).resolve(template.getFileName());
    if (bytes > MOST_BYTES || Files.exists(large)) {
      return false;
    }
    for (String name : names) {
      Files.copy(template.resolve(name), folder.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return true;
  }
}
