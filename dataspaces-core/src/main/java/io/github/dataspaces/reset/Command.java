package io.github.dataspaces.reset;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement, and what is put in for its question marks. Its text is the same each time, so that
 * it is taken apart once by the driver, and planned once by the server, for a session.
 *
 * @param sql the statement
 * @param values a text for each question mark
 */
record Command(String sql, List<String> values) {

  static Command of(String sql, String... values) {
    return new Command(sql, List.of(values));
  }

  /** Several as one, which are sent together. */
  static Command joined(List<Command> commands) {
    return new Command(
        commands.stream().map(Command::sql).collect(Collectors.joining(";")),
        commands.stream().flatMap(command -> command.values().stream()).toList());
  }
}
