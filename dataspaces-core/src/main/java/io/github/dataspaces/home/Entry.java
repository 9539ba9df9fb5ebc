package io.github.dataspaces.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something kept in the home: a folder with a record, and a data folder that the record names.
 *
 * <p>Publishing is one atomic rename of the record. Data is always made in a new {@code data-N}
 * folder beside the current one, so whenever the process dies the record names either the old data
 * or the new, and every other data folder is scratch. An entry without a record is half-made, and
 * is never listed.
 *
 * <p>Writers hold the lock of the entry's name; readers need none.
 *
 * @param <T> the record's type
 */
public final class Entry<T extends Entry.Record> {

  /** What is said of an entry; a Java record, of what {@link RecordJson} writes. */
  public interface Record {
    /** The number of its data folder. */
    int data();
  }

  private static final String RECORD = "record.json";
  private static final String OPERATION = "operation.json";
  private static final Set<String> OWN_FILES = Set.of(OPERATION, "server.log", "current");
  private static final Pattern DATA = Pattern.compile("data-([0-9]{1,9})");

  private final Path folder;
  private final Class<T> type;

  /** The entry in a folder, which need not exist. */
  public Entry(Path folder, Class<T> type) {
    this.folder = folder;
    this.type = type;
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** Whether it has been published. */
  public boolean exists() {
    return Files.isRegularFile(record());
  }

  /**
   * What is said of it; empty while it is not published.
   *
   * @throws DataspaceException {@link Reason#INFRASTRUCTURE} if the record is damaged
   */
  public Optional<T> read() {
    return readJson(record(), type);
  }

  /** The data folder of that number. */
  public Path data(int number) {
    return folder.resolve("data-" + number);
  }

  /** The number of a data folder that is not there yet. */
  public int nextData() {
    return dataFolders().stream().mapToInt(Entry::number).max().orElse(0) + 1;
  }

  /** Makes the folder itself. */
  public void prepare() {
    try {
      OwnerOnly.createDirectories(folder);
    } catch (IOException e) {
      throw failed("cannot be made", e);
    }
  }

  /** Makes {@code record} what is said of it, at once and for good. */
  public void publish(T record) {
    writeJson(record(), record);
  }

  /** Takes the record away, at once: what is left is scratch. */
  public void unpublish() {
    delete(record());
  }

  /** Notes what is about to be done, for whoever finds it unfinished. */
  public void begin(Operation operation) {
    prepare();
    writeJson(folder.resolve(OPERATION), operation);
  }

  /** Notes that it has been done, or undone. */
  public void end() {
    delete(folder.resolve(OPERATION));
  }

  /**
   * What was begun and not ended: whoever finds it while holding the lock knows that its process
   * died.
   */
  public Optional<Operation> unfinished() {
    return readJson(folder.resolve(OPERATION), Operation.class);
  }

  /** When the record was last published or used. */
  public Instant lastUsed() {
    try {
      return Files.getLastModifiedTime(record()).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  /** Notes that it is used now. */
  public void touch() {
    try {
      Files.setLastModifiedTime(record(), FileTime.from(Instant.now()));
    } catch (IOException e) {
      throw failed("cannot be written", e);
    }
  }

  /** Data folders that the record does not name. */
  public List<Path> scratch() {
    int current = read().map(Record::data).orElse(-1);
    return dataFolders().stream().filter(path -> number(path) != current).toList();
  }

  /** Whether there are files that were being written when their process died. */
  public boolean hasScratchFiles() {
    return !scratchFiles().isEmpty();
  }

  /** Removes files that were being written when their process died. */
  public void deleteScratchFiles() {
    scratchFiles().forEach(this::delete);
  }

  private List<Path> scratchFiles() {
    return children(folder).stream().filter(path -> path.toString().endsWith(".scratch")).toList();
  }

  /**
   * Removes the folder of an entry whose data and record are gone. Whatever is in it that is none
   * of an entry's files is somebody else's, and stays.
   */
  public void remove() {
    for (Path path : children(folder)) {
      if (OWN_FILES.contains(path.getFileName().toString())) {
        delete(path);
      }
    }
    if (Files.isDirectory(folder) && children(folder).isEmpty()) {
      delete(folder);
    }
  }

  private Path record() {
    return folder.resolve(RECORD);
  }

  private List<Path> dataFolders() {
    return children(folder).stream()
        .filter(path -> DATA.matcher(path.getFileName().toString()).matches())
        .sorted()
        .toList();
  }

  private static int number(Path dataFolder) {
    return Integer.parseInt(dataFolder.getFileName().toString().substring("data-".length()));
  }

  private List<Path> children(Path of) {
    if (!Files.isDirectory(of)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(of)) {
      return children.toList();
    } catch (IOException e) {
      throw failed("cannot be listed", e);
    }
  }

  private <R> Optional<R> readJson(Path file, Class<R> as) {
    try {
      return Optional.of(RecordJson.read(Files.readAllBytes(file), as));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw failed("cannot be read", e);
    }
  }

  private DataspaceException damaged(Path file, Exception cause) {
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "%s is damaged and cannot be read.".formatted(file),
        "Put the file back from a backup, or remove the folder %s.".formatted(folder),
        cause);
  }

  private void writeJson(Path file, Object value) {
    Path scratch = null;
    try {
      scratch = OwnerOnly.createScratchFile(folder, file.getFileName().toString());
      try (FileChannel channel = FileChannel.open(scratch, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(RecordJson.write(value));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (scratch != null) {
        delete(scratch);
      }
      throw failed("cannot be written", e);
    }
  }

  private void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failed("cannot be removed", e);
    }
  }

  private DataspaceException failed(String what, IOException e) {
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "%s %s: %s.".formatted(folder, what, Reasons.of(e)),
        "Check its permissions and the free space of its disk.",
        e);
  }
}
