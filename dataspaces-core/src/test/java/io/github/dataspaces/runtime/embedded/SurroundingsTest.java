package io.github.dataspaces.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dataspaces.ConnectionInfo;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.Disk;
import io.github.dataspaces.testkit.DockerEngine;
import io.github.dataspaces.testkit.EachMySql;
import io.github.dataspaces.testkit.OtherJvm;
import io.github.dataspaces.testkit.TestHome;
import io.github.dataspaces.testkit.WritesToDisks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the machine's language and wherever the home is, the same database. */
@WritesToDisks
class SurroundingsTest {

  @ParameterizedTest
  @CsvSource({
    "nonsense, tr, TR, UTF-8",
    "tr_TR.UTF-8, tr, TR, ISO-8859-9",
    "de_DE, de, DE, Cp1252",
    "C, ar, EG, ISO-8859-6",
    "'', hi, IN, UTF-8",
    "C.UTF-8, th, TH, US-ASCII"
  })
  void anyLanguageWillDo(String locale, String language, String country, String encoding) {
    try (TestHome home = TestHome.warm()) {
      home.dataspaces();
      try (OtherJvm jvm =
          OtherJvm.with(home.folder())
              .environment("LC_ALL", locale)
              .environment("LANG", locale)
              .environment("LANGUAGE", "tr")
              .environment("PGDATA", "/nowhere")
              .environment("PGOPTIONS", "-c nonsense=1")
              .environment("PGPORT", "1")
              .option("-Duser.language=" + language)
              .option("-Duser.country=" + country)
              .option("-Dfile.encoding=" + encoding)
              .start()) {
        everything(jvm, "title-istanbul");
        assertThat(
                jvm.ask(
                    "query",
                    "title-istanbul",
                    "select upper('i'), 'ı' > 'z', pg_encoding_to_char(encoding), datcollate from pg_database where datname = current_database()"))
            .isEqualTo("I|t|UTF8|C");
        assertThat(jvm.ask("env", "title-istanbul", "properties"))
            .containsPattern("dataspaces.url=jdbc:postgresql://127.0.0.1:[0-9]+/dataspace");
        jvm.ask("destroy", "title-istanbul", "true");
      }
    }
  }

  /** Java writes numbers in those of the user's language. */
  @ParameterizedTest
  @CsvSource({"postgres, docker", EachMySql.NATIVE + ", embedded"})
  void rowsComeWhateverDigitsTheLanguageHas(String flavour, String runtime) throws IOException {
    if (runtime.equals("docker")) {
      DockerEngine.require();
    }
    try (TestHome home = TestHome.warm()) {
      Path dump = TestHome.freshFolder().resolve("dump.sql");
      String insert = "insert into item values (%s);\n";
      Files.writeString(
          dump,
          IntStream.rangeClosed(1, 50)
              .mapToObj(id -> insert.formatted(id))
              .collect(Collectors.joining("", "create table item (id int primary key);\n", "")));
      home.dataspaces();
      try (OtherJvm jvm =
          OtherJvm.with(home.folder())
              .option("-Duser.language=ar")
              .option("-Duser.country=EG")
              .start()) {
        for (String name : List.of("shop", "sample")) {
          jvm.ask("create", name, runtime, "flavour=" + flavour);
        }
        jvm.ask("import", "shop", dump.toString());
        assertThat(jvm.ask("query", "shop", "select count(*) from item")).isEqualTo("50");
        ConnectionInfo shop = home.dataspaces().get("shop").connection();
        jvm.ask(
            "import",
            "sample",
            shop.jdbcUrl(),
            "sourceUsername=" + shop.username(),
            "sourcePassword=" + shop.password(),
            "rows=item=10");
        assertThat(jvm.ask("query", "sample", "select count(*) from item")).isEqualTo("10");
        jvm.ask("destroy", "shop", "true");
        jvm.ask("destroy", "sample", "true");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with blanks in it",
        "höme über Straße 家",
        "it's",
        "a;b&c|d",
        "-dash",
        "per%20cent%"
      })
  void anyPathWillDo(String name) {
    try (TestHome home = TestHome.in(TestHome.freshFolder().resolve(name).resolve("home"));
        OtherJvm jvm = OtherJvm.with(home.folder()).environment("LC_ALL", "C.UTF-8").start()) {
      everything(jvm, "shop");
      jvm.ask("destroy", "shop", "true");
    }
  }

  /** The server's own programs hand their path to a shell, in double quotes. */
  @ParameterizedTest
  @ValueSource(strings = {"say \"x\"", "$HOME", "`id`", "back\\slash"})
  void aPathThatTheProgramsCannotTakeIsRefused(String name) {
    Path folder = TestHome.freshFolder().resolve(name);
    try (TestHome home = TestHome.in(folder)) {
      DataspaceException refusal =
          catchThrowableOfType(DataspaceException.class, () -> home.create(RuntimeChoice.EMBEDDED));
      assertThat(refusal).isNotNull();
      assertThat(refusal.problem()).contains(folder.toString());
      assertThat(refusal.remedy()).contains("runtime=docker");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTRFS", "XFS", "EXT4"})
  void anyDiskWillDo(Disk disk) {
    Path folder = disk.folder().resolve("home with blanks");
    try (TestHome home = TestHome.withProgramsIn(folder);
        OtherJvm jvm = OtherJvm.in(folder)) {
      home.dataspaces();
      everything(jvm, "shop");
      String expected =
          switch (disk) {
            case BTRFS -> "btrfs-subvolume";
            case XFS -> "reflink";
            default -> "rsync";
          };
      assertThat(jvm.ask("cloner", "shop")).isEqualTo(expected);
      assertThat(List.of(jvm.ask("snapshots", "shop").split("\n")))
          .containsExactly("base " + expected);
      jvm.ask("destroy", "shop", "true");
    }
  }

  private static void everything(OtherJvm jvm, String name) {
    jvm.ask("create", name, "embedded");
    jvm.ask("sql", name, "create table item as select generate_series(1, 100) id");
    jvm.ask("snapshot", name, "base");
    jvm.ask("sql", name, "insert into item values (101)");
    jvm.ask("update", name, "base");
    jvm.ask("sql", name, "drop table item");
    jvm.ask("rollback", name, "base");
    assertThat(jvm.ask("query", name, "select count(*) from item")).isEqualTo("101");
    jvm.ask("copy", name, "copied");
    assertThat(jvm.ask("query", "copied", "select count(*) from item")).isEqualTo("101");
    jvm.ask("stop", name);
    jvm.ask("start", name);
    assertThat(jvm.ask("query", name, "select count(*) from item")).isEqualTo("101");
    jvm.ask("destroy", "copied", "true");
  }
}
