package io.github.dataspaces.maven;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** One line of a terminal that is drawn again and again, and wiped when the work is done. */
final class LiveBar implements ProgressDisplay {

  private static final long REDRAW_AFTER = 100;
  private static final int WIDTH = 30;
  private static final String WIPE = "\r\033[K";

  private final PrintWriter terminal;
  private final LongSupplier milliseconds;
  private final Pace pace = new Pace();
  private boolean drawn;
  private long drawnAt;

  LiveBar(PrintWriter terminal, LongSupplier milliseconds) {
    this.terminal = terminal;
    this.milliseconds = milliseconds;
  }

  @Override
  public synchronized void report(String what, long done, long total) {
    long now = milliseconds.getAsLong();
    String left = pace.left(what, done, total, now);
    if (total > 0 && done >= total) {
      close();
    } else if (!drawn || now - drawnAt >= REDRAW_AFTER) {
      drawn = true;
      drawnAt = now;
      terminal.print(WIPE + what + bar(done, total) + " " + Units.progress(done, total) + left);
      terminal.flush();
    }
  }

  @Override
  public synchronized void close() {
    if (drawn) {
      drawn = false;
      terminal.print(WIPE);
      terminal.flush();
    }
  }

  private static String bar(long done, long total) {
    if (total <= 0) {
      return "";
    }
    int full = (int) (WIDTH * done / total);
    return " [" + "=".repeat(full) + " ".repeat(WIDTH - full) + "]";
  }
}
