package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is imported into a database. Immutable.
 *
 * @param dumps the dumps, in order
 * @param tables the tables whose rows are wanted; empty for all
 * @param withReferenced whether the rows of the tables that those refer to are wanted too
 */
public record Imports(List<DumpSource> dumps, List<String> tables, boolean withReferenced) {

  static final String FILE = "file";
  static final Set<String> KEYS = Set.of(FILE, "tables", "withReferenced");

  public Imports {
    dumps = List.copyOf(dumps);
    tables = List.copyOf(tables);
  }

  /** All that is in those dumps. */
  public static Imports of(List<DumpSource> dumps) {
    return new Imports(dumps, List.of(), true);
  }

  /**
   * Reads settings by their names, {@code tables} and {@code withReferenced}.
   *
   * @param said where the settings are; nothing has to be said
   * @param places where the dumps are, separated by commas
   * @param files finds them
   * @throws DataspaceException {@link Reason#NOT_FOUND} for a dump that is not there
   */
  public static Imports of(Settings.Layer said, String places, ScriptReader files) {
    return new Imports(
        list(places).stream().map(files::dump).toList(),
        list(said.apply("tables").orElse("")),
        withReferenced(said.apply("withReferenced").orElse("true")));
  }

  static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  static boolean withReferenced(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new DataspaceException(
              Reason.INVALID,
              "withReferenced: '%s' is neither true nor false.".formatted(text),
              "Write true or false.");
    };
  }
}
