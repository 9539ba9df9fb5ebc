package io.github.dataspaces.reset;

/**
 * Puts a running server back to a state it was in, without restarting it. Used by one thread at a
 * time.
 */
public interface FastReset extends AutoCloseable {

  /** What it took to go back. */
  enum Outcome {
    /** Nothing had been written, so nothing was done; connections are still good. */
    UNTOUCHED,
    /** The databases were put back; connections to them were ended. */
    RESET,
    /** Something has changed that only a physical reset restores; nothing was done. */
    BEYOND
  }

  /**
   * Remembers the state of now under a name. Ends all connections to the server's databases.
   *
   * @throws io.github.dataspaces.config.DataspaceException if the server refuses
   */
  void mark(String name);

  /** Goes back to a state that was marked. */
  Outcome back(String name);

  /** What made the last {@link #back} answer {@link Outcome#BEYOND}, in the user's words. */
  String obstacle();

  /** Removes all that marks have made on the server. They are forgotten. */
  void forget();

  /** Ends its own connections and background work; what it made stays, and goes with the server. */
  @Override
  void close();
}
