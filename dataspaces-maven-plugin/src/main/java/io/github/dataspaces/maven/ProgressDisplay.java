package io.github.dataspaces.maven;

import io.github.dataspaces.config.Progress;
import java.util.function.LongSupplier;
import org.apache.maven.plugin.logging.Log;

/** Shows how far long work has come. */
interface ProgressDisplay extends Progress, AutoCloseable {

  /** A live bar for a person at a terminal, lines now and then for everybody else. */
  static ProgressDisplay of(boolean interactive, Log log) {
    LongSupplier milliseconds = () -> System.nanoTime() / 1_000_000;
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return interactive && log.isInfoEnabled() && Terminal.isPresent() && !dumb
        ? new LiveBar(System.console().writer(), milliseconds)
        : new PeriodicLines(log::info, milliseconds);
  }

  @Override
  void close();
}
