package io.github.dataspaces.reset;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

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
    /** Something has changed that only a physical reset restores; see {@link #obstacle}. */
    BEYOND
  }

  /** Whether a state of that name was marked. */
  boolean knows(String name);

  /** What a state is to the one that was last marked or gone back to. */
  enum Marked {
    /** The same: connections are still good. */
    SAME,
    /** Rows were written since: each can be gone to from the other, on other files too. */
    FOLLOWING,
    /** It has nothing to do with that. */
    APART
  }

  /**
   * Remembers the state of now under a name; one that was {@linkplain #inherit inherited}, and is
   * the first to be marked, is the state that it was. Ends all connections to the server's
   * databases, unless the state is the {@link Marked#SAME}; that costs nothing.
   *
   * @throws io.github.dataspaces.config.DataspaceException if the server refuses
   */
  Marked mark(String name);

  /** Goes back to a state that was marked. */
  Outcome back(String name);

  /**
   * Takes over what one that is closed knew of states, and what of it holds on other files of the
   * server.
   */
  default void inherit(FastReset before) {}

  /**
   * Goes on after the server was restarted. Marks that did not outlast that are forgotten.
   *
   * @throws io.github.dataspaces.config.DataspaceException if the server does not answer
   */
  void reconnect();

  /** What made the last {@link #back} answer {@link Outcome#BEYOND}, in the user's words. */
  String obstacle();

  /** Forgets a state. */
  void drop(String name);

  /**
   * Lets go of a server that has just been taken back to a state, and leaves a note on it with
   * which another process can go on from there. All other states are forgotten.
   */
  void handOver(String name);

  /**
   * Makes a pooled connection, which nobody uses, as good as a new one after {@link
   * Outcome#UNTOUCHED}.
   *
   * @throws SQLException if that cannot be done, and a new one has to be opened
   */
  void cleanSession(Connection connection) throws SQLException;

  /**
   * Whether states that are {@link Marked#APART} have to be kept as files, too, because going back
   * to them may well be {@link Outcome#BEYOND}, or they do not outlast the server's restart.
   */
  boolean needsFiles();

  /**
   * A connection of the owner to the main database as it is now, opened ahead, if there is one; for
   * whoever asks first, and closes it.
   */
  default Optional<Connection> readyConnection() {
    return Optional.empty();
  }

  /**
   * A new connection of the owner to the main database, as quick as it can be had; the caller
   * closes it. Thread-safe.
   */
  Connection newConnection() throws SQLException;

  /** Removes all that marks have made on the server. They are forgotten. */
  void forget();

  /** Ends its own connections and background work; what it made stays, and goes with the server. */
  @Override
  void close();
}
