package io.github.dataspaces.maven;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.apache.maven.execution.MavenSession;

/**
 * Where goals print what was asked for: nothing around it, so that {@code mvn -q} can be piped into
 * something.
 */
final class StandardOutput {

  private final PrintStream stream;

  private StandardOutput(PrintStream stream) {
    this.stream = stream;
  }

  /**
   * Maven 4 makes log lines of what goes to {@link System#out}, so there the file descriptor itself
   * is used.
   */
  static StandardOutput of(MavenSession session) {
    boolean plain = session.getSystemProperties().getProperty("maven.version", "3").startsWith("3");
    boolean daemon = System.getProperty("mvnd.home") != null;
    return new StandardOutput(plain || daemon ? System.out : direct());
  }

  void print(String text) {
    stream.print(text);
    stream.flush();
  }

  private static PrintStream direct() {
    String encoding =
        System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
    return new PrintStream(
        new FileOutputStream(FileDescriptor.out), false, Charset.forName(encoding));
  }
}
