package io.github.dataspaces.dump;

import java.util.Optional;
import java.util.Set;

/** The commands that {@code psql} itself obeys. */
final class PsqlCommand {

  /** Where a script wants to go, and how it wants to be guarded, is decided elsewhere. */
  private static final Set<String> CONNECT = Set.of("c", "connect");

  private static final Set<String> PASSED_OVER = Set.of("c", "connect", "restrict", "unrestrict");

  private PsqlCommand() {}

  /**
   * Passes over a command.
   *
   * @return the database that it goes to; empty if it goes nowhere
   */
  static Optional<String> accept(long line, String command) throws DumpFormatException {
    String[] words = command.substring(1).split("\\s+", 3);
    String name = words[0];
    if (!PASSED_OVER.contains(name)) {
      String shown = name.length() > 20 ? name.substring(0, 20) + "…" : name;
      throw new DumpFormatException(
          line,
          "\\%s is a command of psql, which only psql understands"
              .formatted(shown.replaceAll("[^\\p{Alnum}.!?…]", "?")));
    }
    boolean goes = CONNECT.contains(name) && words.length > 1;
    return goes ? Optional.of(words[1].replaceAll("[\";']", "")) : Optional.empty();
  }
}
