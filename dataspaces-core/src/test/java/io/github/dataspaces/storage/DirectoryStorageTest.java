package io.github.dataspaces.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.data.Offset.offset;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.CommandRunner;
import io.github.dataspaces.process.HostCommands;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.Disk;
import io.github.dataspaces.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way to clone is taken, and what is told of it. */
class DirectoryStorageTest {

  private static final int SIZE = 60_000_000;

  @ParameterizedTest
  @CsvSource({"BTRFS, btrfs-subvolume", "XFS, reflink", "EXT4, rsync"})
  @ResourceLock(Disk.SPACE)
  void theFirstThatFitsIsTakenAndTellsTheTruth(Disk disk, String expected) throws IOException {
    Path folder = disk.folder();
    DirectoryStorage storage = DirectoryStorage.own();
    assertThat(storage.clonerName(folder)).isEqualTo(expected);
    Path source = folder.resolve("source");
    storage.create(source);
    random(source.resolve("file"), SIZE);
    Files.createDirectory(source.resolve("folder"));
    long before = free(folder);
    CloneReport report = storage.clone(source, folder.resolve("target"), Optional.empty());
    long really = before - free(folder);
    assertThat(report.cloner()).isEqualTo(expected);
    assertThat(report.size()).isEqualTo(SIZE);
    assertThat(report.taken()).isBetween(0L, report.size());
    assertThat(report.taken()).isCloseTo(really, offset(8_000_000L));
    Tree.assertSame(Tree.of(folder.resolve("target")), Tree.of(source));
    storage.delete(source);
    storage.delete(folder.resolve("target"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsNoSubvolumeIsClonedByReflinkOnBtrfs() throws IOException {
    Path folder = Disk.BTRFS.folder();
    Path source = Files.createDirectory(folder.resolve("source"));
    Files.writeString(source.resolve("file"), "x");
    CloneReport report =
        DirectoryStorage.own().clone(source, folder.resolve("target"), Optional.empty());
    assertThat(report.cloner()).isEqualTo("reflink");
  }

  @ParameterizedTest
  @CsvSource({"BTRFS", "XFS", "EXT4"})
  void whatCannotRunRsyncIsCopied(Disk disk) throws IOException {
    Path folder = disk.folder();
    DirectoryStorage without = new DirectoryStorage(new Without("rsync"));
    Path source = Files.createDirectory(folder.resolve("source"));
    Files.writeString(source.resolve("file"), "x");
    CloneReport report = without.clone(source, folder.resolve("target"), Optional.empty());
    assertThat(report.cloner()).isEqualTo(disk == Disk.EXT4 ? "copy" : "reflink");
    Tree.assertSame(Tree.of(folder.resolve("target")), Tree.of(source));
  }

  @Test
  void askingLeavesNoTrace() throws IOException {
    for (Disk disk : List.of(Disk.BTRFS, Disk.XFS, Disk.EXT4)) {
      Path folder = disk.folder();
      DirectoryStorage.own().clonerName(folder);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @CsvSource({"rsync", "cp"})
  @ResourceLock("the small disk")
  void aFailedCloneLeavesNothingAndNamesAFullDisk(String tool) throws IOException {
    Path folder = Disk.SMALL.folder();
    Path source = Files.createDirectories(Path.of("target", "too-large-for-" + tool));
    random(source.resolve("file"), 200_000_000);
    DirectoryStorage storage =
        new DirectoryStorage(tool.equals("cp") ? new Without("rsync") : new HostCommands());
    DataspaceException refusal =
        catchThrowableOfType(
            DataspaceException.class,
            () -> storage.clone(source, folder.resolve("target"), Optional.empty()));
    assertThat(refusal.reason()).isEqualTo(Reason.INFRASTRUCTURE);
    assertThat(refusal.problem()).contains(source.toString()).endsWith("The disk is full.");
    assertThat(refusal.remedy()).contains("mvn dataspaces:prune");
    assertThat(folder).isEmptyDirectory();
    storage.delete(source);
  }

  @Test
  void afterAnyOtherFailureTheToolIsQuotedAndNothingIsLeft() throws IOException {
    Path folder = Disk.EXT4.folder();
    DataspaceException refusal =
        catchThrowableOfType(
            DataspaceException.class,
            () ->
                DirectoryStorage.own()
                    .clone(folder.resolve("missing"), folder.resolve("target"), Optional.empty()));
    assertThat(refusal.problem()).contains("missing").contains("The tool said: ");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void deletingIsForAllThatIsInItAndNotForWhatItLinksTo() throws IOException {
    for (Disk disk : List.of(Disk.BTRFS, Disk.XFS, Disk.EXT4)) {
      Path folder = disk.folder();
      Path outside = Files.writeString(folder.resolve("outside"), "stays");
      DirectoryStorage storage = DirectoryStorage.own();
      Path data = folder.resolve("data");
      storage.create(data);
      Files.createDirectories(data.resolve("a/b"));
      Files.createSymbolicLink(data.resolve("a/link"), outside);
      storage.delete(data);
      storage.delete(data);
      assertThat(data).doesNotExist();
      assertThat(outside).hasContent("stays");
    }
  }

  @Test
  void theSizeIsThatOfTheFiles() throws IOException {
    Path folder = Disk.EXT4.folder();
    Files.write(folder.resolve("a"), new byte[1000]);
    Files.write(Files.createDirectory(folder.resolve("b")).resolve("c"), new byte[234]);
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a"));
    assertThat(DirectoryStorage.own().size(folder)).isEqualTo(1234);
  }

  private static void random(Path file, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(4711).nextBytes(bytes);
    Files.write(file, bytes);
  }

  /** What the disk itself says, once it has written down everything. */
  private static long free(Path folder) throws IOException {
    Command.output("sync", "-f", folder.toString());
    return Files.getFileStore(folder).getUnallocatedSpace();
  }

  /** A machine that lacks a program. */
  private record Without(String program) implements CommandRunner {

    @Override
    public CommandResult run(List<String> command) {
      return new HostCommands().run(command, Map.of());
    }

    @Override
    public boolean has(String name) {
      return !name.equals(program) && new HostCommands().has(name);
    }

    @Override
    public boolean sameRights() {
      return true;
    }
  }
}
