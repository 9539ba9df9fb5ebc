package io.github.dataspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A thread is interrupted in the middle of its work, as a test runner does when the time is up: it
 * ends with our own exception or succeeds, and the next command finds everything whole.
 */
class InterruptionTest {

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  @EachRuntime
  void isSurvivedByTheDataspace(RuntimeChoice runtime) throws InterruptedException {
    Dataspace shop = HOME.createWithItems(runtime);
    shop.snapshot("base", false);
    for (int delay : new int[] {20, 100, 250}) {
      interrupted(() -> shop.snapshot("other", true), delay);
      assertWhole(shop);
      interrupted(() -> shop.rollback("base"), delay);
      assertWhole(shop);
      interrupted(() -> shop.copy("copied"), delay);
      assertWhole(shop);
      HOME.dataspaces().find("copied").ifPresent(copied -> copied.destroy(true));
    }
  }

  private static void assertWhole(Dataspace shop) {
    shop.start();
    assertThat(Sql.on(shop).query("select count(*) from item")).isEqualTo("100");
    assertThat(shop.info().snapshots()).contains("base");
    HOME.open().close();
    HOME.assertTidy();
  }

  private static void interrupted(Runnable work, int milliseconds) throws InterruptedException {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread worker = new Thread(work);
    worker.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
    worker.start();
    LockSupport.parkNanos(Duration.ofMillis(milliseconds).toNanos());
    worker.interrupt();
    worker.join(60_000);
    assertThat(worker.isAlive()).isFalse();
    Throwable outcome = thrown.get();
    if (outcome != null) {
      assertThat(outcome).isInstanceOf(DataspaceException.class);
    }
  }
}
