package io.github.dataspaces.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Listens to what this thread, and those that it starts, log: slf4j-simple writes to the standard
 * error stream.
 */
public final class Logs {

  private static final ThreadLocal<ByteArrayOutputStream> LISTENING =
      new InheritableThreadLocal<>();

  static {
    System.setErr(new PrintStream(new Tee(System.err), true, StandardCharsets.UTF_8));
  }

  private Logs() {}

  /** What came of some work, and what was logged meanwhile. */
  public record Heard<T>(T result, String log) {}

  /** Does some work. */
  public static <T> Heard<T> during(Supplier<T> work) {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    LISTENING.set(heard);
    try {
      T result = work.get();
      return new Heard<>(result, heard.toString(StandardCharsets.UTF_8));
    } finally {
      LISTENING.remove();
    }
  }

  /** What is logged during some work. */
  public static String of(Runnable work) {
    return during(
            () -> {
              work.run();
              return "";
            })
        .log();
  }

  private static final class Tee extends OutputStream {

    private final OutputStream original;

    private Tee(OutputStream original) {
      this.original = original;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      original.write(bytes, offset, length);
      ByteArrayOutputStream heard = LISTENING.get();
      if (heard != null) {
        heard.write(bytes, offset, length);
      }
    }

    @Override
    public void flush() throws IOException {
      original.flush();
    }
  }
}
