package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.Disk;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.Eventually;
import io.github.dataspaces.testkit.OrdinaryUser;
import io.github.dataspaces.testkit.OtherJvm;
import io.github.dataspaces.testkit.Processes;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.WritesToDisks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything works for a user who is not root, though the files in containers are another's. */
@WritesToDisks
class OrdinaryUserTest {

  @Test
  void nativeServers() throws IOException {
    OrdinaryUser.require();
    Path folder = open(TestHome.freshFolder());
    try (OtherJvm jvm = OrdinaryUser.in(folder, false)) {
      everything(jvm, "embedded");
      // who may not use the engine is told so once, and not by the library's own log
      assertThat(jvm.ask("setup")).doesNotContain("runtime docker: true");
      assertThat(jvm.errors()).doesNotContain("recoverable");
    }
    assertNothingIsLeft(folder);
  }

  @ParameterizedTest
  @CsvSource({"EXT4, copy", "XFS, reflink", "BTRFS, btrfs-subvolume"})
  void containersOnEveryDisk(Disk disk, String cloner) throws IOException {
    OrdinaryUser.require();
    DockerEngine.require();
    Path folder = disk.folder();
    try (OtherJvm jvm = OrdinaryUser.in(folder, true)) {
      everything(jvm, "docker");
      jvm.ask("create", "shop", "docker");
      jvm.ask("snapshot", "shop", "base");
      assertThat(jvm.ask("snapshots", "shop")).isEqualTo("base " + cloner);
      jvm.ask("destroy", "shop", "true");
    }
    assertNothingIsLeft(folder);
  }

  @Test
  void anImageWhoseUserIsYetAnother() throws IOException {
    OrdinaryUser.require();
    DockerEngine.require();
    String image = "dataspaces-test-other-user:1";
    Command.output(
        "sh",
        "-c",
        "printf 'FROM postgres:17\\nRUN usermod -u 4711 postgres && groupmod -g 4711 postgres && chown -R 4711:4711 /var/run/postgresql /var/lib/postgresql\\n' | docker build --quiet --tag "
            + image
            + " -");
    Path folder = open(TestHome.freshFolder());
    try (OtherJvm jvm = OrdinaryUser.in(folder, true)) {
      everything(jvm, "docker", "image=" + image);
    } finally {
      DockerEngine.docker("rmi", "--force", image);
    }
    assertNothingIsLeft(folder);
  }

  /** What a killed JVM left half-made belongs to the image's user. */
  @Test
  void whatAKilledJvmLeftIsSweptAlthoughItsFilesAreAnothers() throws IOException {
    OrdinaryUser.require();
    DockerEngine.require();
    Path folder = open(TestHome.freshFolder());
    try (OtherJvm jvm = OrdinaryUser.in(folder, true)) {
      jvm.ask("create", "shop", "docker");
      jvm.ask("sql", "shop", "create table item as select generate_series(1, 100000) id");
    }
    for (String request : List.of("snapshot", "copy", "destroy")) {
      try (OtherJvm jvm = OrdinaryUser.in(folder, true)) {
        jvm.ask("open");
        jvm.send(request, "shop", request.equals("destroy") ? "false" : "other");
        Path made =
            switch (request) {
              case "snapshot" -> folder.resolve("home/snapshots/shop/other/data-1");
              case "copy" -> folder.resolve("home/dataspaces/other/data-1");
              default -> folder.resolve("home/dataspaces/shop/operation.json");
            };
        Eventually.holds(request + " has begun", () -> Files.exists(made));
        jvm.kill();
      }
      try (OtherJvm jvm = OrdinaryUser.in(folder, true)) {
        jvm.ask("open");
        assertThat(jvm.errors()).doesNotContain("could not be cleared away");
        if (!request.equals("destroy")) {
          assertThat(jvm.ask("query", "shop", "select count(*) from item")).isEqualTo("100000");
        }
        jvm.attempt("destroy", "other", "true");
        jvm.attempt("delete-snapshot", "shop", "other");
      }
    }
    try (OtherJvm jvm = OrdinaryUser.in(folder, true)) {
      jvm.attempt("destroy", "shop", "true");
    }
    assertNothingIsLeft(folder);
  }

  private static void everything(OtherJvm jvm, String runtime, String... options) {
    String[] create =
        Stream.concat(Stream.of("create", "shop", runtime), Stream.of(options))
            .toArray(String[]::new);
    jvm.ask(create);
    jvm.ask("sql", "shop", "create table item as select generate_series(1, 100) id");
    jvm.ask("snapshot", "shop", "base");
    jvm.ask("sql", "shop", "insert into item values (101)");
    jvm.ask("update", "shop", "base");
    jvm.ask("sql", "shop", "drop table item");
    jvm.ask("rollback", "shop", "base");
    assertThat(jvm.ask("query", "shop", "select count(*) from item")).isEqualTo("101");
    jvm.ask("copy", "shop", "copied");
    jvm.ask("copy-snapshot", "shop", "base", "other", "base");
    jvm.ask("delete-snapshot", "shop", "base");
    jvm.ask("create", "heir", runtime, "from=other/base");
    assertThat(jvm.ask("query", "heir", "select count(*) from item")).isEqualTo("101");
    assertThat(jvm.ask("list").lines()).allMatch(line -> line.endsWith(" running")).hasSize(3);
    for (String name : List.of("shop", "copied", "heir")) {
      jvm.ask("destroy", name, "true");
    }
    jvm.ask("delete-snapshot", "other", "base");
  }

  /** No data of a dataspace or a snapshot, no process, no container. */
  private static void assertNothingIsLeft(Path folder) throws IOException {
    Path home = folder.resolve("home");
    String id = Files.readString(home.resolve("home.id")).strip();
    try {
      for (String part : List.of("dataspaces", "snapshots")) {
        assertThat(home.resolve(part)).isEmptyDirectory();
      }
      Eventually.holds("its servers are gone", () -> Processes.workingIn(home).isEmpty());
      if (DockerEngine.answers()) {
        assertThat(DockerEngine.ofHome("container", id)).isEmpty();
        assertThat(DockerEngine.ofHome("network", id)).isEmpty();
      }
    } finally {
      Command.run(Map.of(), "rm", "-rf", folder.toString());
    }
  }

  private static Path open(Path folder) {
    Command.output("chmod", "a+rx", folder.getParent().toString());
    return folder;
  }
}
