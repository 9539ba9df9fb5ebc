package io.github.dataspaces.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is imported into a database: dumps, or what is in a database that runs somewhere. Immutable.
 *
 * @param dumps the dumps, in order
 * @param source the database; there are no dumps then
 * @param selection what of it is wanted
 */
public record Imports(List<DumpSource> dumps, Optional<LiveSource> source, Selection selection) {

  static final String FILE = "file";
  static final Set<String> KEYS =
      Stream.concat(
              Selection.KEYS.stream(),
              Stream.of(FILE, "sourceUsername", "sourcePassword", "sourceServer", "sourceVersion"))
          .collect(Collectors.toUnmodifiableSet());

  public Imports {
    dumps = List.copyOf(dumps);
  }

  /** All that is in those dumps. */
  public static Imports of(List<DumpSource> dumps) {
    return of(dumps, Selection.ALL);
  }

  /** Some of what is in those dumps. */
  public static Imports of(List<DumpSource> dumps, Selection selection) {
    return new Imports(dumps, Optional.empty(), selection);
  }

  /** Some of what is in a database. */
  public static Imports of(LiveSource source, Selection selection) {
    return new Imports(List.of(), Optional.of(source), selection);
  }

  /**
   * Reads settings by their names, {@code tables} and others.
   *
   * @param said where the settings are; nothing has to be said
   * @param places where the dumps are, separated by commas, or a JDBC URL
   * @param files finds the dumps
   * @throws DataspaceException {@code NOT_FOUND} for a dump that is not there
   */
  public static Imports of(Settings.Layer said, String places, ScriptReader files) {
    Selection selection = Selection.of(said);
    return LiveSource.isMeant(places)
        ? of(LiveSource.of(places, said), selection)
        : of(list(places).stream().map(files::dump).toList(), selection);
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  /** What they are called, for people. */
  public String described() {
    return source
        .map(LiveSource::toString)
        .orElseGet(
            () ->
                dumps.stream()
                    .map(
                        dump ->
                            dump.path()
                                .map(path -> String.valueOf(path.getFileName()))
                                .orElse(dump.name()))
                    .collect(Collectors.joining(", ")));
  }
}
