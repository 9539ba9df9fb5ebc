package io.github.dataspaces.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToolClassLoaderTest {

  @Test
  void nothingKeepsItWhenItIsClosed() throws Exception {
    WeakReference<ClassLoader> loader = usedAndClosed();
    for (int i = 0; i < 100 && loader.get() != null; i++) {
      System.gc();
      Thread.sleep(50);
    }
    assertThat(loader.get()).isNull();
  }

  private static WeakReference<ClassLoader> usedAndClosed() throws Exception {
    URL[] drivers =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.matches(".*(postgresql|mariadb)[^/\\\\]*\\.jar"))
            .map(entry -> ProjectResources.url(Path.of(entry).toFile()))
            .toArray(URL[]::new);
    try (ToolClassLoader loader =
        new ToolClassLoader(drivers, ClassLoader.getPlatformClassLoader())) {
      assertThat(ServiceLoader.load(Driver.class, loader))
          .hasSize(2)
          .allMatch(driver -> driver.getClass().getClassLoader() == loader);
      return new WeakReference<>(loader);
    }
  }
}
