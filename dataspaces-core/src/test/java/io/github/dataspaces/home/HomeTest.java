package io.github.dataspaces.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.DataspaceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

  @TempDir Path folder;

  @Test
  void keepsItsIdentity() {
    Home home = Home.open(folder.resolve("home"));
    assertThat(home.id()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(Home.open(folder.resolve("home")).id()).isEqualTo(home.id());
    assertThat(Home.open(folder.resolve("other")).id()).isNotEqualTo(home.id());
  }

  @Test
  void hasOneIdentityForAllWhoMakeItAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> work = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        work.add(() -> Home.open(folder.resolve("home")).id());
      }
      List<String> ids = new ArrayList<>();
      for (Future<String> id : pool.invokeAll(work)) {
        ids.add(id.get());
      }
      assertThat(ids.stream().distinct()).hasSize(1);
    } finally {
      pool.shutdownNow();
    }
    try (var children = Files.list(folder.resolve("home"))) {
      assertThat(children.filter(path -> path.toString().endsWith(".scratch"))).isEmpty();
    }
  }

  @Test
  void isTheRealFolderBehindALink() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    assertThat(Home.open(link).root()).isEqualTo(real.toRealPath());
  }

  @Test
  void isNotMadeAmongOtherPeoplesFiles() throws Exception {
    for (String name : List.of("dataspaces", "snapshots", "templates", "runtimes", "locks")) {
      Path project = Files.createDirectories(folder.resolve("of-" + name));
      Files.createDirectory(project.resolve(name));
      assertThatExceptionOfType(DataspaceException.class)
          .isThrownBy(() -> Home.open(project))
          .withMessageContaining(project.toString());
    }
  }
}
