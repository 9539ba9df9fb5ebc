package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was said about a dataspace, in layers: the first layer that says something about a key wins.
 * The skins stack them as {@code -D}, then the pom or the annotation, then {@code DATASPACES_*},
 * then {@code dataspaces.yaml}.
 */
public final class Settings {

  /** One place where settings are said; answers null for what it does not mention. */
  @FunctionalInterface
  public interface Layer extends Function<String, Optional<String>> {}

  private final List<Layer> layers;

  private Settings(List<Layer> layers) {
    this.layers = layers;
  }

  /** The strongest layer first. */
  public static Settings of(Layer... layers) {
    return new Settings(List.of(layers));
  }

  /** These settings with one more layer, weaker than all others. */
  public Settings then(Layer weaker) {
    List<Layer> more = new ArrayList<>(layers);
    more.add(weaker);
    return new Settings(List.copyOf(more));
  }

  /** A layer of {@code dataspaces.<key>} properties. */
  public static Layer properties(Function<String, Optional<String>> lookup) {
    return key -> lookup.apply("dataspaces." + key);
  }

  /**
   * A layer of {@code DATASPACES_<KEY>} environment variables: {@code ifExists} is {@code
   * DATASPACES_IF_EXISTS}.
   */
  public static Layer environment(Map<String, String> environment) {
    return key ->
        Optional.ofNullable(
            environment.get(
                "DATASPACES_"
                    + key.replaceAll("([A-Z])", "_$1").replace('.', '_').toUpperCase(Locale.ROOT)));
  }

  /** A layer of plain keys. */
  public static Layer map(Map<String, String> values) {
    return key -> Optional.ofNullable(values.get(key));
  }

  /** What the strongest layer says; a blank value counts as nothing said. */
  public Optional<String> get(String key) {
    return layers.stream()
        .flatMap(layer -> layer.apply(key).stream())
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  /**
   * The dataspace these settings ask for.
   *
   * @param files reads what {@code seed} names
   * @throws DataspaceException {@link Reason#INVALID} for a value that cannot be used
   */
  public DataspaceSpec spec(String name, ScriptReader files) {
    DataspaceSpec.Builder spec = DataspaceSpec.named(name);
    get(Setting.FLAVOUR.key()).ifPresent(spec::flavour);
    get(Setting.RUNTIME.key()).map(RuntimeChoice::parse).ifPresent(spec::runtime);
    get(Setting.IMAGE.key()).ifPresent(spec::image);
    get(Setting.PORT.key()).map(Settings::port).ifPresent(spec::port);
    get(Setting.DATABASE.key()).ifPresent(spec::database);
    get(Setting.USERNAME.key()).ifPresent(spec::username);
    get(Setting.PASSWORD.key()).ifPresent(spec::password);
    get(Setting.FROM.key()).map(text -> SnapshotReference.parse(text, name)).ifPresent(spec::from);
    get(Setting.TTL.key()).map(Settings::ttl).ifPresent(spec::ttl);
    get(Setting.DURABLE.key())
        .map(text -> flag(Setting.DURABLE.key(), text))
        .ifPresent(spec::durable);
    get(Setting.IF_EXISTS.key()).map(IfExists::parse).ifPresent(spec::ifExists);
    imports(files).ifPresent(spec::imports);
    migrations(files.folder()).ifPresent(spec::migrations);
    get(Setting.SEED.key()).map(list -> scripts(list, files)).ifPresent(spec::seed);
    return spec.build();
  }

  /**
   * How the schema is brought up to date, if anything was said about it: {@code migrations} names
   * places, {@code migrations.tool} and others say more.
   *
   * @param folder where relative paths begin
   */
  public Optional<Migrations> migrations(Path folder) {
    String key = Setting.MIGRATIONS.key();
    Optional<String> places = get(key);
    boolean said =
        places.isPresent()
            || Migrations.KEYS.stream().anyMatch(part -> get(key + "." + part).isPresent());
    Layer parts =
        part -> part.equals("locations") && places.isPresent() ? places : get(key + "." + part);
    return said ? Optional.of(Migrations.of(parts, folder)) : Optional.empty();
  }

  /**
   * What to import, if anything was named: {@code import} names dumps or a database, {@code
   * import.tables} and others say more.
   *
   * @throws DataspaceException {@link Reason#NOT_FOUND} for one that is not there
   */
  public Optional<Imports> imports(ScriptReader files) {
    String key = Setting.IMPORT.key();
    Optional<String> dumps = get(key).or(() -> get(key + "." + Imports.FILE));
    // who reads a source is a matter of the machine, too
    return dumps.map(
        list ->
            Imports.of(
                part ->
                    get(key + "." + part)
                        .or(() -> part.startsWith("source") ? get(part) : Optional.empty()),
                list,
                files));
  }

  /**
   * The home that is meant: {@code dataspaces.home}, {@code DATASPACES_HOME}, or {@code
   * ~/.dataspaces}.
   */
  public Path home() {
    return get("home")
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".dataspaces"))
        .toAbsolutePath()
        .normalize();
  }

  /** Whether this process is told to have containers publish their ports. */
  public static boolean isPublishingAskedFor() {
    String key = "docker.publish";
    return of(
            properties(name -> Optional.ofNullable(System.getProperty(name))),
            environment(System.getenv()))
        .get(key)
        .map(text -> flag(key, text))
        .orElse(false);
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw new DataspaceException(
          Reason.INVALID,
          "port: '%s' is no number.".formatted(text),
          "Use 1 to 65535, or 0 for a free one.");
    }
  }

  private static Duration ttl(String text) {
    return Lifetime.parse(Setting.TTL.key(), text);
  }

  /**
   * What a setting says that is true or false.
   *
   * @throws DataspaceException {@link Reason#INVALID} for anything else
   */
  public static boolean flag(String key, String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new DataspaceException(
              Reason.INVALID,
              "%s: '%s' is neither true nor false.".formatted(key, text),
              "Write true or false.");
    };
  }

  private static List<SqlScript> scripts(String list, ScriptReader files) {
    return Arrays.stream(list.split(","))
        .map(String::trim)
        .filter(place -> !place.isEmpty())
        .map(files::read)
        .toList();
  }
}
