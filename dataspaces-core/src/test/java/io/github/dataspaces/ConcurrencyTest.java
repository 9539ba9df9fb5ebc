package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.IfExists;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.OtherJvm;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 23: many at once in one home. */
@Timeout(240)
class ConcurrencyTest {

  private static final int PROCESSES = 16;

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @Test
  void manyProcessesDoEverythingInOneHomeAtOnce() throws Exception {
    List<OtherJvm> jvms = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        jvms.add(OtherJvm.in(HOME.folder()));
      }
      jvms.forEach(OtherJvm::awaitStart);
      List<Callable<String>> work = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        OtherJvm jvm = jvms.get(i);
        String name = "process-" + i;
        work.add(() -> everything(jvm, name));
      }
      assertThat(atOnce(work)).allMatch("100 of 100"::equals);
      assertThat(HOME.dataspaces().list()).hasSize(PROCESSES / 2);
      assertThat(HOME.dataspaces().list()).extracting(DataspaceInfo::port).doesNotHaveDuplicates();
      HOME.assertTidy();
    } finally {
      jvms.forEach(OtherJvm::close);
    }
  }

  private static String everything(OtherJvm jvm, String name) {
    jvm.ask("create", name, "embedded");
    jvm.ask(
        "sql",
        name,
        "create table item as select '" + name + "' || n as id from generate_series(1, 100) n");
    jvm.ask("snapshot", name, "base");
    jvm.ask("sql", name, "delete from item");
    jvm.ask("rollback", name, "base");
    String mine =
        jvm.ask(
            "query",
            name,
            "select count(*) filter (where id like '"
                + name
                + "%') || ' of ' || count(*) from item");
    jvm.ask("sql", name, "insert into item values ('more')");
    jvm.ask("update", name, "base");
    if (Integer.parseInt(name.replaceFirst(".*-", "")) % 2 == 0) {
      jvm.ask("destroy", name, "true");
    }
    return mine;
  }

  @Test
  void manyProcessesThatAskForTheSameNameGetOne() throws Exception {
    List<OtherJvm> jvms = IntStream.range(0, 4).mapToObj(i -> OtherJvm.in(HOME.folder())).toList();
    try {
      jvms.forEach(OtherJvm::awaitStart);
      List<Callable<OtherJvm.Answer>> work = new ArrayList<>();
      jvms.forEach(jvm -> work.add(() -> jvm.attempt("create", "wanted", "embedded")));
      List<OtherJvm.Answer> answers = atOnce(work);
      assertThat(answers.stream().filter(OtherJvm.Answer::ok)).hasSize(1);
      assertThat(answers.stream().filter(answer -> !answer.ok()))
          .hasSize(3)
          .allMatch(answer -> answer.words().get(0).equals("ALREADY_EXISTS"));

      List<Callable<String>> more = new ArrayList<>();
      jvms.forEach(
          jvm ->
              more.add(
                  () -> {
                    jvm.ask("create", "shared", "embedded", "ifExists=reuse");
                    return jvm.ask("url", "shared");
                  }));
      assertThat(atOnce(more).stream().distinct()).hasSize(1);
    } finally {
      jvms.forEach(OtherJvm::close);
    }
  }

  @Test
  void manyProcessesOpenANewHomeAtOnce() throws Exception {
    try (TestHome fresh = TestHome.fresh()) {
      List<OtherJvm> jvms =
          IntStream.range(0, 4).mapToObj(i -> OtherJvm.in(fresh.folder())).toList();
      try {
        jvms.forEach(OtherJvm::awaitStart);
        List<Callable<String>> work = new ArrayList<>();
        for (OtherJvm jvm : jvms) {
          String name = "first-" + jvm.pid();
          work.add(
              () -> {
                jvm.ask("create", name, "embedded");
                return jvm.ask("query", name, "select current_database()");
              });
        }
        assertThat(atOnce(work)).allMatch("dataspace"::equals);
        // the programs were unpacked, and the empty server made, by one of them
        String logs = String.join("", jvms.stream().map(OtherJvm::errors).toList());
        assertThat(logs.lines().filter(line -> line.contains("Prepared an empty"))).hasSize(1);
        assertThat(fresh.folder().resolve("templates").toFile().list()).hasSize(1);
        fresh.assertTidy();
      } finally {
        jvms.forEach(OtherJvm::close);
      }
    }
  }

  @EachRuntime
  void manyThreadsOfOneJvm(RuntimeChoice runtime) throws Exception {
    List<Callable<Integer>> work = new ArrayList<>();
    int threads = runtime == RuntimeChoice.DOCKER ? 4 : 8;
    for (int i = 0; i < threads; i++) {
      String name = "thread-" + i;
      work.add(
          () -> {
            Dataspace made =
                HOME.dataspaces().create(DataspaceSpec.named(name).runtime(runtime).build());
            Sql.on(made).run("create table " + name.replace('-', '_') + " (i int)");
            made.snapshot("base", false);
            made.rollback("base");
            assertThat(
                    Sql.on(made)
                        .query("select tablename from pg_tables where schemaname = 'public'"))
                .isEqualTo(name.replace('-', '_'));
            return made.connection().port();
          });
    }
    assertThat(atOnce(work)).doesNotHaveDuplicates();
    HOME.assertTidy();
  }

  @Test
  void manyThreadsOnOneDataspace() throws Exception {
    Dataspace shop = HOME.createWithItems(RuntimeChoice.EMBEDDED);
    shop.snapshot("base", false);
    AtomicInteger number = new AtomicInteger();
    List<Callable<String>> work = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      work.add(
          () -> {
            shop.rollback("base");
            return "rolled back";
          });
      work.add(() -> shop.snapshot("s" + number.incrementAndGet(), false).name());
      work.add(
          () -> {
            shop.stop();
            shop.start();
            return "restarted";
          });
    }
    atOnce(work);
    assertThat(shop.snapshots()).hasSize(5);
    shop.start();
    assertThat(Sql.on(shop).query("select count(*) from item")).isEqualTo("100");
    HOME.assertTidy();
  }

  @Test
  void whatIsMadeOfEachOtherCrosswiseDoesNotWaitForEver() throws Exception {
    for (String name : List.of("left", "right")) {
      HOME.dataspaces()
          .create(DataspaceSpec.named(name).runtime(RuntimeChoice.EMBEDDED).build())
          .snapshot("base", false);
    }
    List<Callable<String>> work = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      work.add(() -> madeOf("left", "right"));
      work.add(() -> madeOf("right", "left"));
    }
    assertThat(atOnce(work)).hasSize(6);
    assertThat(HOME.dataspaces().list()).hasSize(2);
  }

  private static String madeOf(String name, String source) {
    return HOME.dataspaces()
        .create(
            DataspaceSpec.named(name)
                .from(new SnapshotReference(source, "base"))
                .ifExists(IfExists.REPLACE)
                .build())
        .name();
  }

  @Test
  void whatIsBeingUsedByAnotherIsWaitedForAndNotSwept() throws Exception {
    try (OtherJvm jvm = OtherJvm.in(HOME.folder())) {
      jvm.awaitStart();
      jvm.send("create", "slow", "embedded");
      List<String> states = new ArrayList<>();
      while (HOME.dataspaces().find("slow").isEmpty()) {
        // each opening sweeps; what another process is making is none of its business
        HOME.open().close();
        states.add("looked");
      }
      assertThat(jvm.receive().ok()).as(jvm.errors()).isTrue();
      assertThat(states).isNotEmpty();
      assertThat(Sql.on(HOME.dataspaces().get("slow")).answers()).isTrue();
    }
  }

  private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(work.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(work, 200, TimeUnit.SECONDS)) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
