package io.github.dataspaces.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocksTest {

  @TempDir Path folder;

  @Test
  void holdBetweenThreadsAndAreGivenBack() throws Exception {
    Locks locks = new Locks(Home.open(folder));
    Locks.Held held = locks.acquire("shop");
    assertThat(locks.tryAcquire("shop")).isEmpty();
    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try (Locks.Held mine = locks.acquire("shop")) {
                return "got it";
              }
            });
    assertThat(waiting).isNotDone();
    held.close();
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("got it");
    assertThat(locks.tryAcquire("shop")).isPresent().get().satisfies(Locks.Held::close);
  }

  @Test
  void ofOtherNamesAndHomesAreOthers() {
    Locks locks = new Locks(Home.open(folder.resolve("one")));
    Locks others = new Locks(Home.open(folder.resolve("two")));
    try (Locks.Held held = locks.acquire("shop");
        Locks.Held name = locks.acquire("other");
        Locks.Held home = others.acquire("shop")) {
      assertThat(locks.tryAcquire("shop")).isEmpty();
    }
  }

  @Test
  void ofOneHomeAreTheSameByWhateverPathItIsOpened() throws Exception {
    Path link = folder.resolve("link");
    Locks locks = new Locks(Home.open(folder.resolve("real")));
    Files.createSymbolicLink(link, folder.resolve("real"));
    Locks linked = new Locks(Home.open(link));
    try (Locks.Held held = locks.acquire("shop")) {
      assertThat(linked.tryAcquire("shop")).isEmpty();
    }
  }

  @Test
  void holdBetweenTwoClassLoadersOfOneJvm() throws Exception {
    try (URLClassLoader one = loader();
        URLClassLoader two = loader()) {
      Object first = locks(one);
      Object second = locks(two);
      assertThat(first.getClass()).isNotSameAs(second.getClass());
      AutoCloseable held = (AutoCloseable) call(first, "acquire");
      assertThat((Optional<?>) call(second, "tryAcquire")).isEmpty();
      // a second attempt must not have given up the process's lock of the file
      assertThat(lockedForOthers()).isTrue();
      held.close();
      Optional<?> now = (Optional<?>) call(second, "tryAcquire");
      assertThat(now).isPresent();
      ((AutoCloseable) now.get()).close();
      assertThat(lockedForOthers()).isFalse();
    }
  }

  /** Whether another process finds the file locked: the kernel lists it. */
  private boolean lockedForOthers() throws Exception {
    Object inode = Files.getAttribute(folder.resolve("locks").resolve("shop.lock"), "unix:ino");
    try (Stream<String> lines = Files.lines(Path.of("/proc/locks"))) {
      return lines.anyMatch(line -> line.contains(":" + inode + " "));
    }
  }

  private Object locks(ClassLoader loader) throws Exception {
    Object home =
        loader
            .loadClass("io.github.dataspaces.home.Home")
            .getMethod("open", Path.class)
            .invoke(null, folder);
    return loader
        .loadClass("io.github.dataspaces.home.Locks")
        .getConstructor(home.getClass())
        .newInstance(home);
  }

  private static Object call(Object locks, String method) throws Exception {
    Method found = locks.getClass().getMethod(method, String.class);
    return found.invoke(locks, "shop");
  }

  private static URLClassLoader loader() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    URL[] urls =
        Stream.of(classPath.split(File.pathSeparator))
            .map(
                element -> {
                  try {
                    return Path.of(element).toUri().toURL();
                  } catch (MalformedURLException e) {
                    throw new IllegalArgumentException(e);
                  }
                })
            .toArray(URL[]::new);
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }
}
