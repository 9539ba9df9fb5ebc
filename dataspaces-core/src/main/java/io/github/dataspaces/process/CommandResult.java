package io.github.dataspaces.process;

/**
 * How a program ended.
 *
 * @param exit its exit code; 0 is success
 * @param output what it wrote, both streams in one
 */
public record CommandResult(int exit, String output) {

  /** Whether it exited with 0. */
  public boolean ok() {
    return exit == 0;
  }

  /** The end of its output: what explains a failure is said last. */
  public String lastLines() {
    String trimmed = output.strip();
    return trimmed.length() <= 2000 ? trimmed : "..." + trimmed.substring(trimmed.length() - 2000);
  }
}
