package io.github.dataspaces.prepare;

import io.github.dataspaces.config.DumpSource;
import io.github.dataspaces.config.Progress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** How much of a dump has been read, counted where it comes in: compressed bytes, if it is. */
final class DumpProgress implements LongConsumer {

  private final String what;
  private final long total;
  private final Progress progress;
  private final AtomicLong done = new AtomicLong();

  DumpProgress(DumpSource source, Progress progress) {
    this(
        source.path().map(path -> String.valueOf(path.getFileName())).orElse(source.name()),
        source.size(),
        progress);
  }

  /**
   * @param name what it is of
   * @param total how many bytes there are; 0 if that is not known
   */
  DumpProgress(String name, long total, Progress progress) {
    this.what = "Importing " + name;
    this.total = total;
    this.progress = progress;
  }

  @Override
  public void accept(long bytes) {
    long now = done.addAndGet(bytes);
    // all of it read is not all of it done
    progress.report(what, total > 0 ? Math.min(now, total - 1) : now, total);
  }

  /** What is done when all has been read, and takes its own time. */
  void phase(String phase, int number, int of) {
    progress.report("%s: %s, %d of %d".formatted(what, phase, number, of), 0, 0);
  }

  void end() {
    progress.report(what, Math.max(1, total), Math.max(1, total));
  }
}
