package io.github.dataspaces.junit;

import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.DataspacesFile;
import io.github.dataspaces.config.Lifetime;
import io.github.dataspaces.config.ScriptReader;
import io.github.dataspaces.config.Setting;
import io.github.dataspaces.config.Settings;
import io.github.dataspaces.config.SnapshotReference;
import io.github.dataspaces.config.Suggestion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a class's dataspaces are made from: its own options with everything that was said elsewhere,
 * in the configuration parameters, the environment and {@code dataspaces.yaml}.
 */
final class Blueprint {

  private static final String KEEP_ON_FAILURE = "keepOnFailure";
  private static final String KEEP_ALIVE = "keepAlive";
  private static final String TRACE_CONNECTIONS = "traceConnections";
  private static final Duration USUAL = Duration.ofMinutes(15);

  /** For a name that is of no consequence. */
  private static final String ANY = "test";

  private final Options options;
  private final Settings settings;
  private final Settings settingsWithoutContent;
  private final Optional<String> described;
  private final ScriptReader scripts;

  private Blueprint(Options options, ExtensionContext context) {
    Path folder = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Optional<DataspacesFile> file = DataspacesFile.find(folder);
    this.options = options;
    this.described =
        options.dataspace().isEmpty()
            ? file.flatMap(DataspacesFile::defaultName)
            : Optional.of(described(options.dataspace(), file, folder));
    this.scripts = new ScriptReader(folder, context.getRequiredTestClass().getClassLoader());
    Settings.Layer[] layers = {
      Settings.properties(context::getConfigurationParameter),
      Settings.map(options.settings()),
      Settings.environment(System.getenv()),
      Settings.map(file.flatMap(f -> described.map(f::settings)).orElse(Map.of()))
    };
    this.settings = Settings.of(layers);
    this.settingsWithoutContent = Settings.of(withoutContent(settings::get));
  }

  static Blueprint of(Options options, ExtensionContext context) {
    return new Blueprint(options, context);
  }

  Options options() {
    return options;
  }

  Path home() {
    return settings.home();
  }

  /** What a command line needs to reach the home; empty where it finds it by itself. */
  String homeOption() {
    Path usual = Settings.of(Settings.environment(System.getenv())).home();
    return home().equals(usual) ? "" : " \"-Ddataspaces.home=" + home() + "\"";
  }

  boolean keepOnFailure() {
    return isTrue(KEEP_ON_FAILURE);
  }

  boolean traceConnections() {
    return isTrue(TRACE_CONNECTIONS);
  }

  private boolean isTrue(String key) {
    return settings.get(key).filter(text -> text.trim().equalsIgnoreCase("true")).isPresent();
  }

  /**
   * How long servers are kept for later builds: zero for not at all, which is usual on a CI server,
   * where nobody would come back for them.
   */
  Duration keepAlive() {
    boolean ci =
        Optional.ofNullable(System.getenv("CI")).filter(text -> !text.isBlank()).isPresent();
    String text = settings.get(KEEP_ALIVE).orElse(ci ? "false" : "true").trim();
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> USUAL;
      case "false" -> Duration.ZERO;
      default -> Lifetime.parse(KEEP_ALIVE, text);
    };
  }

  /** The dataspace of {@code dataspaces.yaml}, whose snapshots can be named without it. */
  Optional<String> described() {
    return described;
  }

  /**
   * The snapshot to begin with: the one that was named, unless {@code @BeforeAll} has yet to take
   * it.
   */
  Optional<SnapshotReference> startsFrom(Dataspaces dataspaces) {
    String snapshot = options.snapshot();
    boolean known =
        snapshot.contains("/")
            || described.stream()
                .flatMap(name -> dataspaces.snapshots(name).stream())
                .anyMatch(info -> info.name().equals(snapshot));
    return known
        ? Optional.of(SnapshotReference.parse(snapshot, described.orElse("")))
        : Optional.empty();
  }

  /** What to make. */
  DataspaceSpec spec() {
    Optional<String> from = settings.get(Setting.FROM.key());
    if (from.isEmpty()) {
      return settings.spec(ANY, scripts);
    }
    SnapshotReference snapshot = SnapshotReference.parse(from.get(), described.orElse(ANY));
    return from(snapshot, settings).spec(ANY, scripts);
  }

  /** The same made from a snapshot, which brings what an import, migrations and a seed would. */
  DataspaceSpec spec(SnapshotReference from) {
    return from(from, settingsWithoutContent).spec(ANY, scripts);
  }

  private static Settings from(SnapshotReference snapshot, Settings others) {
    return Settings.of(Settings.map(Map.of(Setting.FROM.key(), snapshot.toString())), others::get);
  }

  private static Settings.Layer withoutContent(Settings.Layer layer) {
    return key ->
        key.equals(Setting.SEED.key())
                || key.startsWith(Setting.MIGRATIONS.key())
                || key.startsWith(Setting.IMPORT.key())
            ? Optional.empty()
            : layer.apply(key);
  }

  private static String described(String name, Optional<DataspacesFile> file, Path folder) {
    if (file.isEmpty()) {
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "@Dataspace(\"%s\") names a dataspace of %s, but there is no such file in %s or above it."
              .formatted(name, DataspacesFile.NAME, folder),
          "Add one, or leave out the name.");
    }
    if (!file.get().names().contains(name)) {
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "%s describes no dataspace '%s'.".formatted(file.get().path(), name),
          "%s It describes: %s."
              .formatted(
                  Suggestion.phrase(name, file.get().names()),
                  String.join(", ", file.get().names()))
              .strip());
    }
    return name;
  }
}
