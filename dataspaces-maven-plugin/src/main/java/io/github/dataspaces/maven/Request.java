package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.DataspacesFile;
import io.github.dataspaces.config.Exports;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.MigrationTool;
import io.github.dataspaces.config.Migrations;
import io.github.dataspaces.config.Names;
import io.github.dataspaces.config.ScriptReader;
import io.github.dataspaces.config.Setting;
import io.github.dataspaces.config.Settings;
import io.github.dataspaces.config.SnapshotReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * What was asked of a goal, wherever it was said: {@code -D}, then the pom, then {@code
 * DATASPACES_*}, then {@code dataspaces.yaml}. Maven itself would let the pom win over {@code -D}.
 */
final class Request {

  private final Settings said;
  private final Path folder;
  private final String nearestName;
  private final ClassLoader resources;

  private Request(Settings said, Path folder, String nearestName, ClassLoader resources) {
    this.said = said;
    this.folder = folder;
    this.nearestName = nearestName;
    this.resources = resources;
  }

  static Request of(
      MavenSession session,
      MavenProject project,
      Settings.Layer injected,
      SettingsDecrypter decrypter) {
    boolean hasPom = project.getFile() != null;
    Path folder =
        Path.of(hasPom ? project.getBasedir().getPath() : session.getExecutionRootDirectory())
            .toAbsolutePath()
            .normalize();
    String nearest = hasPom ? project.getArtifactId() : String.valueOf(folder.getFileName());
    return of(
            session.getUserProperties(),
            injected,
            System.getenv(),
            folder,
            nearest,
            ProjectResources.of(project))
        .with(session.getSettings(), decrypter);
  }

  /** The same, with what the servers of Maven's settings say of a database that is imported. */
  Request with(org.apache.maven.settings.Settings settings, SettingsDecrypter decrypter) {
    String key = "sourceServer";
    String inYaml = Setting.IMPORT.key() + "." + key;
    SettingsServer server =
        new SettingsServer(
            settings, decrypter, () -> text(key).or(() -> described().apply(inYaml)));
    return new Request(said.then(server), folder, nearestName, resources);
  }

  /**
   * @param typed what {@code -D} said
   * @param injected what the pom said
   * @param folder where relative paths start, and where the search for {@code dataspaces.yaml}
   *     starts
   * @param nearestName what a dataspace is called after if nobody names it
   */
  static Request of(
      Properties typed,
      Settings.Layer injected,
      Map<String, String> environment,
      Path folder,
      String nearestName,
      ClassLoader resources) {
    Settings said =
        Settings.of(
            Settings.properties(key -> Optional.ofNullable(typed.getProperty(key))),
            injected,
            Settings.environment(environment));
    return new Request(said, folder, nearestName, resources);
  }

  /** The home that is meant. */
  Path home() {
    return said.home();
  }

  /** What was said, if anything was. */
  Optional<String> text(String key) {
    return said.get(key);
  }

  /**
   * What had to be said.
   *
   * @param what what it is, for the message: "the new dataspace's name"
   */
  String required(String key, String what) {
    return text(key)
        .orElseThrow(
            () ->
                new DataspaceException(
                    Reason.INVALID,
                    "No '%s' was given.".formatted(key),
                    "Say %s with -Ddataspaces.%s=...".formatted(what, key)));
  }

  /** Whether {@code true} was said. */
  boolean flag(String key) {
    return Settings.flag(key, text(key).orElse("false"));
  }

  /** A file, from the module's folder on. */
  Optional<Path> file(String key) {
    return text(key).map(folder::resolve);
  }

  /** The dataspace's name. */
  String name() {
    return text("name")
        .or(() -> DataspacesFile.find(folder).flatMap(DataspacesFile::defaultName))
        .orElseGet(() -> Names.nearest(nearestName));
  }

  /** The dataspace that was named, which has to be there. */
  Dataspace dataspace(Dataspaces dataspaces) {
    return dataspaces.get(name());
  }

  /** A snapshot, which a lone name puts into the dataspace that was named. */
  SnapshotReference snapshot(String key, String what) {
    return SnapshotReference.parse(required(key, what), name());
  }

  /** The dataspace that is to be made. */
  DataspaceSpec spec() {
    return said.then(described()).spec(name(), new ScriptReader(folder, resources));
  }

  /** How a schema is brought up to date: {@code tool} is short for {@code migrations.tool}. */
  Migrations migrations() {
    String prefix = Setting.MIGRATIONS.key() + ".";
    Settings.Layer brief =
        key -> key.startsWith(prefix) ? brief(key.substring(prefix.length())) : Optional.empty();
    return Settings.of(brief, said::get, described())
        .migrations(folder)
        .orElseGet(() -> Migrations.of(key -> Optional.empty(), folder));
  }

  /** A command, or a change log, that is said here means a tool, whatever the yaml says. */
  private Optional<String> brief(String key) {
    if (!key.equals("tool") || text(key).isPresent()) {
      return text(key);
    }
    return text("command")
        .map(command -> MigrationTool.COMMAND.toString())
        .or(() -> text("changeLogFile").map(file -> MigrationTool.LIQUIBASE.toString()));
  }

  /** What is to be imported: {@code file} is short for {@code import}. */
  Imports imports() {
    String prefix = Setting.IMPORT.key();
    Settings.Layer brief = key -> text(key.equals(prefix) ? "file" : key.replace(prefix + ".", ""));
    return Settings.of(brief, said::get, described())
        .imports(new ScriptReader(folder, resources))
        .orElseThrow(
            () ->
                new DataspaceException(
                    Reason.INVALID,
                    "No dump was named.",
                    "Say which with -Ddataspaces.file=..., or - for the standard input."));
  }

  /** What is to be exported, and where to. */
  Exports exports() {
    return Exports.of(this::text, folder);
  }

  private Settings.Layer described() {
    return Settings.map(
        DataspacesFile.find(folder).map(file -> file.settings(name())).orElse(Map.of()));
  }
}
