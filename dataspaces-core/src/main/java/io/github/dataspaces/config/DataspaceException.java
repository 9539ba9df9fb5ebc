package io.github.dataspaces.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of dataspaces: what went wrong, and what to do about it, in the user's terms.
 *
 * <p>The message is the problem followed by the remedy; it never contains a password.
 */
public final class DataspaceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What sort of trouble it is, for callers that answer each sort differently. */
  public enum Reason {
    /** The request itself makes no sense: a bad name, an unknown key, contradicting options. */
    INVALID,
    /** What was named does not exist. */
    NOT_FOUND,
    /** What was to be made exists already. */
    ALREADY_EXISTS,
    /** It exists, but not in a state that allows the request. */
    WRONG_STATE,
    /** A snapshot and a request, or a server and its data, do not belong together. */
    INCOMPATIBLE,
    /** Disk, engine, native program, network: nothing the request could have said better. */
    INFRASTRUCTURE
  }

  private final Reason reason;
  private final String problem;
  private final String remedy;

  /**
   * @param problem what happened, to what; a sentence
   * @param remedy what the user can do; a sentence, or empty where there is nothing to be done
   * @param cause what was caught, if anything
   */
  public DataspaceException(
      Reason reason, String problem, String remedy, @Nullable Throwable cause) {
    super(remedy.isEmpty() ? problem : problem + " " + remedy, cause);
    this.reason = Objects.requireNonNull(reason);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** As the other constructor, without a cause. */
  public DataspaceException(Reason reason, String problem, String remedy) {
    this(reason, problem, remedy, null);
  }

  /** The sort of trouble. */
  public Reason reason() {
    return reason;
  }

  /** What happened, to what. */
  public String problem() {
    return problem;
  }

  /** What to do about it; empty where there is nothing to be done. */
  public String remedy() {
    return remedy;
  }
}
