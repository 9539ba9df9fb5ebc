package io.github.dataspaces.config;

/** Hears how far long work has come. Implementations are called from any thread. */
@FunctionalInterface
public interface Progress {

  /** Tells nobody. */
  Progress SILENT = (what, done, total) -> {};

  /**
   * @param what what is being done, for example "Pulling postgres:17"
   * @param done bytes done so far; 0, with a total of 0, for work that is not counted in bytes
   * @param total bytes in all, or 0 while that is not known
   */
  void report(String what, long done, long total);
}
