package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How a database's schema is brought up to date. Immutable.
 *
 * @param tool what does it
 * @param locations where the migrations are: folders, absolute, or {@code classpath:} and a
 *     package; empty for the tool's usual place
 * @param changeLogFile Liquibase's change log: a file, absolute, or {@code classpath:} and a
 *     resource
 * @param command what {@link MigrationTool#COMMAND} runs, as typed in a shell
 * @param contexts Liquibase's context expression
 * @param labels Liquibase's label expression
 * @param placeholders what Flyway's placeholders, or Liquibase's change log parameters, stand for
 * @param target the version, or Liquibase's tag, to stop at
 * @param folder the project's folder, where commands run
 */
public record Migrations(
    MigrationTool tool,
    List<String> locations,
    Optional<String> changeLogFile,
    Optional<String> command,
    Optional<String> contexts,
    Optional<String> labels,
    Map<String, String> placeholders,
    Optional<String> target,
    Path folder) {

  /** What begins the name of a place on the class path. */
  public static final String CLASSPATH = "classpath:";

  static final Set<String> KEYS =
      Set.of(
          "tool",
          "locations",
          "changeLogFile",
          "command",
          "contexts",
          "labels",
          "placeholders",
          "target");

  private static final String FILESYSTEM = "filesystem:";

  public Migrations {
    locations = List.copyOf(locations);
    placeholders = Map.copyOf(placeholders);
  }

  /** The same by a tool that is known. */
  public Migrations by(MigrationTool known) {
    return new Migrations(
        known, locations, changeLogFile, command, contexts, labels, placeholders, target, folder);
  }

  /** The same with other places. */
  public Migrations at(List<String> places) {
    return new Migrations(
        tool, places, changeLogFile, command, contexts, labels, placeholders, target, folder);
  }

  /** The same with another change log. */
  public Migrations changeLog(String file) {
    return new Migrations(
        tool,
        locations,
        Optional.of(file),
        command,
        contexts,
        labels,
        placeholders,
        target,
        folder);
  }

  /** The same with another command. */
  public Migrations running(String typed) {
    return new Migrations(
        tool,
        locations,
        changeLogFile,
        Optional.of(typed),
        contexts,
        labels,
        placeholders,
        target,
        folder);
  }

  /**
   * Reads settings by their names: {@code tool}, {@code locations}, {@code changeLogFile}, {@code
   * command}, {@code contexts}, {@code labels}, {@code placeholders}, {@code target}. Lists are
   * separated by commas, placeholders are {@code name=value}.
   *
   * @param said where the settings are; nothing has to be said
   * @param folder where relative paths begin
   * @throws DataspaceException {@link Reason#INVALID} for a value that cannot be used
   */
  public static Migrations of(Settings.Layer said, Path folder) {
    Optional<String> command = said.apply("command").filter(text -> !text.isBlank());
    MigrationTool tool =
        said.apply("tool")
            .map(MigrationTool::parse)
            .orElse(command.isPresent() ? MigrationTool.COMMAND : MigrationTool.AUTO);
    return new Migrations(
        tool,
        list(said.apply("locations").orElse("")).stream()
            .map(place -> resolved(place, folder))
            .toList(),
        said.apply("changeLogFile").map(place -> resolved(place, folder)),
        command,
        said.apply("contexts"),
        said.apply("labels"),
        placeholders(said.apply("placeholders").orElse("")),
        said.apply("target"),
        folder);
  }

  /** A text that says all of it but the places and the folder: the same for what does the same. */
  public String settings() {
    List<String> parts = new ArrayList<>();
    parts.add(tool.toString());
    Stream.of(command, contexts, labels, target).forEach(part -> parts.add(part.orElse("")));
    new TreeMap<>(placeholders).forEach((name, value) -> parts.addAll(List.of(name, value)));
    // a character that none of them has, or two settings could look the same
    return String.join("\0", parts);
  }

  static String resolved(String place, Path folder) {
    String trimmed = place.trim();
    if (trimmed.startsWith(CLASSPATH)) {
      return CLASSPATH + trimmed.substring(CLASSPATH.length()).replaceAll("^/+|/+$", "");
    }
    String path = trimmed.startsWith(FILESYSTEM) ? trimmed.substring(FILESYSTEM.length()) : trimmed;
    return folder.resolve(path).toAbsolutePath().normalize().toString();
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  /** The yaml's are lines, because a value may have a comma. */
  private static Map<String, String> placeholders(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.split(text.contains("\n") ? "\n" : ",")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
      } else if (!pair.isBlank()) {
        throw new DataspaceException(
            Reason.INVALID,
            "placeholders: '%s' is not name=value.".formatted(pair.trim()),
            "Write name=value,other=value.");
      }
    }
    return values;
  }
}
