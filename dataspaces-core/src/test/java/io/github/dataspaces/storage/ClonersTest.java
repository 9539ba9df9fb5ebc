package io.github.dataspaces.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.process.HostCommands;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.Disk;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.Tree;
import io.github.dataspaces.testkit.WritesToDisks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows 10 and 46: each way to clone, on the disk it is for. */
@WritesToDisks
class ClonersTest {

  private static final HostCommands HOST = new HostCommands();

  /** A way to clone, and a disk that has it. */
  enum Way {
    SUBVOLUME(Disk.BTRFS),
    REFLINK_ON_BTRFS(Disk.BTRFS),
    REFLINK_ON_XFS(Disk.XFS),
    RSYNC(Disk.EXT4),
    COPY(Disk.EXT4);

    private final Disk disk;

    Way(Disk disk) {
      this.disk = disk;
    }

    DirectoryCloner cloner() {
      return switch (this) {
        case SUBVOLUME -> new BtrfsSubvolume(HOST);
        case REFLINK_ON_BTRFS, REFLINK_ON_XFS -> new Reflink(HOST);
        case RSYNC -> new Rsync(HOST);
        case COPY -> new PlainCopy(HOST);
      };
    }

    Path folder() {
      if (this == RSYNC) {
        DockerEngine.requireThat(Command.exists("rsync"), "rsync is not installed: it is skipped");
      }
      return disk.folder();
    }

    /** An empty data directory of the sort that this way clones. */
    Path source(Path folder) throws IOException {
      Path source = folder.resolve("source");
      if (this != SUBVOLUME || !new BtrfsSubvolume(HOST).create(source)) {
        Files.createDirectory(source);
      }
      return source;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCloneIsTheSameAsItsSource(Way way) throws Exception {
    Path folder = way.folder();
    Path source = way.source(folder);
    fill(source);
    assertThat(way.cloner().supports(source, folder)).isTrue();
    Map<String, String> expected = Tree.of(source);
    Path target = folder.resolve("target");
    way.cloner().cloneTo(source, target, Optional.empty());
    Tree.assertSame(Tree.of(target), expected);
    Tree.assertSame(Tree.of(source), expected);
  }

  @ParameterizedTest
  @EnumSource
  void aCloneIsIndependentBothWays(Way way) throws Exception {
    Path folder = way.folder();
    Path source = way.source(folder);
    fill(source);
    Path target = folder.resolve("target");
    way.cloner().cloneTo(source, target, Optional.empty());
    Map<String, String> sourceBefore = Tree.of(source);
    change(target);
    Tree.assertSame(Tree.of(source), sourceBefore);

    Path another = folder.resolve("another");
    way.cloner().cloneTo(source, another, Optional.empty());
    Map<String, String> anotherBefore = Tree.of(another);
    change(source);
    Tree.assertSame(Tree.of(another), anotherBefore);
  }

  @ParameterizedTest
  @EnumSource
  void aCloneWithAnEarlierCopyEqualsAFreshOne(Way way) throws Exception {
    Path folder = way.folder();
    Path source = way.source(folder);
    fill(source);
    Path earlier = folder.resolve("earlier");
    way.cloner().cloneTo(source, earlier, Optional.empty());
    Map<String, String> earlierBefore = Tree.of(earlier);
    change(source);
    Path updated = folder.resolve("updated");
    way.cloner().cloneTo(source, updated, Optional.of(earlier));
    Tree.assertSame(Tree.of(updated), Tree.of(source));
    Tree.assertSame(Tree.of(earlier), earlierBefore);

    // the earlier copy goes, as it does when a snapshot is updated
    new DirectoryStorage(HOST).delete(earlier);
    Tree.assertSame(Tree.of(updated), Tree.of(source));
  }

  @ParameterizedTest
  @EnumSource(names = {"RSYNC", "COPY"})
  void unchangedFilesAreNotCopiedAgain(Way way) throws Exception {
    Path folder = way.folder();
    Path source = way.source(folder);
    fill(source);
    Files.write(source.resolve("large"), new byte[3_000_000]);
    Path earlier = folder.resolve("earlier");
    way.cloner().cloneTo(source, earlier, Optional.empty());
    Files.writeString(source.resolve("new"), "1234567890");
    Path updated = folder.resolve("updated");
    long copied = way.cloner().cloneTo(source, updated, Optional.of(earlier)).orElseThrow();
    assertThat(copied).isEqualTo(10);
    assertThat(Files.getAttribute(updated.resolve("large"), "unix:ino"))
        .isEqualTo(Files.getAttribute(earlier.resolve("large"), "unix:ino"));
  }

  @ParameterizedTest
  @EnumSource
  void aSourceThatCannotBeReadIsAFailure(Way way) throws Exception {
    Path folder = way.folder();
    assertThatExceptionOfType(CloneFailedException.class)
        .isThrownBy(
            () ->
                way.cloner()
                    .cloneTo(
                        folder.resolve("missing"), folder.resolve("target"), Optional.empty()));
    assertThat(way.cloner().name()).isNotBlank();
  }

  /** Everything that a folder may hold. */
  private static void fill(Path source) throws IOException {
    Files.createDirectories(source.resolve("a/b/c"));
    Files.createDirectory(source.resolve("empty folder"));
    Files.writeString(source.resolve("plain"), "plain");
    Files.writeString(source.resolve("a/b/same size"), "11111");
    Files.createFile(source.resolve("a/nothing"));
    Files.writeString(source.resolve("name with\nline break"), "x");
    Files.writeString(source.resolve("-dash"), "x");
    Files.writeString(source.resolve(".hidden"), "x");
    Files.writeString(source.resolve("[glob]*"), "x");
    Files.write(source.resolve("a/zeros"), new byte[100_000]);
    sparse(source.resolve("a/sparse"));
    Files.createSymbolicLink(source.resolve("a/link"), Path.of("../plain"));
    Files.createSymbolicLink(source.resolve("a/to folder"), Path.of("b"));
    Files.createSymbolicLink(source.resolve("a/dangling"), Path.of("/nowhere/at all"));
    Files.setPosixFilePermissions(
        source.resolve("plain"), PosixFilePermissions.fromString("rw-r-----"));
    Files.setPosixFilePermissions(
        source.resolve("a/b/c"), PosixFilePermissions.fromString("rwx------"));
    if (Command.isRoot()) {
      Command.output("chown", "999:998", source.resolve("a/nothing").toString());
      Command.output("chown", "-h", "999:998", source.resolve("a/dangling").toString());
    }
    FileTime old = FileTime.from(Instant.parse("2001-02-03T04:05:06.123456789Z"));
    Files.setLastModifiedTime(source.resolve("plain"), old);
    Files.setLastModifiedTime(source.resolve("empty folder"), old);
    Files.setLastModifiedTime(source.resolve("a/b"), old);
  }

  private static void sparse(Path file) throws IOException {
    try (var channel =
        Files.newByteChannel(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      channel.position(2_000_000);
      channel.write(ByteBuffer.wrap("end".getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Everything that may happen to it, most of it within the second it was made in. */
  private static void change(Path folder) throws IOException {
    Files.writeString(folder.resolve("a/b/same size"), "22222");
    Files.writeString(folder.resolve("plain"), "changed");
    Files.delete(folder.resolve("a/nothing"));
    Files.delete(folder.resolve("a/dangling"));
    Files.delete(folder.resolve("a/to folder"));
    Files.createSymbolicLink(folder.resolve("a/to folder"), Path.of("../empty folder"));
    Files.delete(folder.resolve("name with\nline break"));
    Files.createDirectory(folder.resolve("name with\nline break"));
    Files.delete(folder.resolve("empty folder"));
    Files.writeString(folder.resolve("empty folder"), "now a file");
    Files.delete(folder.resolve("a/link"));
    Files.writeString(folder.resolve("a/link"), "now a file");
    Files.writeString(folder.resolve("a/b/c/added"), "added");
    Files.createDirectories(folder.resolve("new/folder"));
    Files.setPosixFilePermissions(
        folder.resolve("-dash"), PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(
        folder.resolve("a/b"), PosixFilePermissions.fromString("rwx--x--x"));
    try (var channel = Files.newByteChannel(folder.resolve("a/zeros"), StandardOpenOption.WRITE)) {
      channel.position(50_000);
      channel.write(ByteBuffer.wrap(new byte[] {1}));
    }
    assertThat(Files.exists(folder.resolve("a/link"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  /** Where files are kept in memory, such a change leaves their times as they were. */
  @Test
  void rsyncSeesWhatWasWrittenThroughAMapping() throws Exception {
    DockerEngine.requireThat(Command.exists("rsync"), "rsync is not installed: it is skipped");
    Path folder = TestHome.freshFolder();
    Path file = Files.createDirectory(folder.resolve("source")).resolve("log");
    Files.write(file, new byte[4096]);
    Rsync rsync = new Rsync(HOST);
    rsync.cloneTo(file.getParent(), folder.resolve("first"), Optional.empty());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096).put(0, (byte) 1);
    }
    rsync.cloneTo(file.getParent(), folder.resolve("second"), Optional.of(folder.resolve("first")));
    assertThat(folder.resolve("second/log")).hasSameBinaryContentAs(file);
  }
}
