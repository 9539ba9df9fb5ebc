package io.github.dataspaces.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriversTest {

  private static final String POSTGRES = "jdbc:postgresql://localhost:1/x";

  @TempDir Path folder;

  private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(usual);
  }

  /** Understands every URL, as some that monitor others do. */
  public static final class Greedy implements Driver {

    static int made;

    /** For the service loader. */
    public Greedy() {
      made++;
    }

    @Override
    public Connection connect(String url, Properties properties) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean acceptsURL(String url) {
      return true;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }

  private void withGreedyDriver() throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve("java.sql.Driver"), Greedy.class.getName());
    URL[] urls = {folder.toUri().toURL()};
    // its own folder is searched first
    Thread.currentThread()
        .setContextClassLoader(
            new URLClassLoader(urls, usual) {
              @Override
              public Enumeration<URL> getResources(String name) throws IOException {
                List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
                all.addAll(Collections.list(usual.getResources(name)));
                return Collections.enumeration(all);
              }
            });
  }

  @Test
  void areThoseThatAreCalledAsTheEngineFirst() throws Exception {
    int before = Greedy.made;
    withGreedyDriver();
    assertThat(Drivers.first(List.of(POSTGRES)).orElseThrow().driver().getClass().getName())
        .isEqualTo("org.postgresql.Driver");
    assertThat(Greedy.made).as("loaded without need").isEqualTo(before);
  }

  @Test
  void areAnyThatUnderstandTheUrl() throws Exception {
    withGreedyDriver();
    assertThat(Drivers.first(List.of("jdbc:other:x")).orElseThrow().driver())
        .isInstanceOf(Greedy.class);
  }

  @Test
  void areLookedForOnce() {
    Driver first = Drivers.first(List.of(POSTGRES)).orElseThrow().driver();
    assertThat(Drivers.first(List.of(POSTGRES)).orElseThrow().driver()).isSameAs(first);
  }

  @Test
  void areLookedForAgainByAnotherClassLoader() throws Exception {
    assertThat(Drivers.first(List.of("jdbc:other:x"))).isEmpty();
    withGreedyDriver();
    assertThat(Drivers.first(List.of("jdbc:other:x"))).isPresent();
    restore();
    assertThat(Drivers.first(List.of("jdbc:other:x"))).isEmpty();
  }

  @Test
  void ofTheFirstUrlThatThereIsOneForAreUsed() {
    assertThat(Drivers.first(List.of("jdbc:other:x", POSTGRES)).orElseThrow().url())
        .isEqualTo(POSTGRES);
    assertThat(Drivers.first(List.of("nonsense"))).isEmpty();
  }
}
