package io.github.dataspaces.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyFileTest {

  @TempDir Path folder;

  @Test
  void replacesAFileThatOthersCouldReadByOneTheyCannot() throws IOException {
    Path file = Files.writeString(folder.resolve("db.env"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    OwnerOnlyFile.write(file, "new");

    assertThat(file).hasContent("new");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(folder).isDirectoryNotContaining("glob:**.scratch");
  }

  @Test
  void makesTheFoldersAndSaysWhatIsInTheWay() throws IOException {
    OwnerOnlyFile.write(folder.resolve("a/b/db.env"), "text");
    assertThat(folder.resolve("a/b/db.env")).hasContent("text");

    Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> OwnerOnlyFile.write(folder.resolve("file/db.env"), "text"))
        .hasMessageContaining("file/db.env cannot be written")
        .hasMessageEndingWith("Name a file in a folder that can be written.");
  }
}
