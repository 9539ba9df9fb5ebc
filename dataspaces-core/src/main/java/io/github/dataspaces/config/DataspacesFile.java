package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * {@code dataspaces.yaml}: the dataspaces a project describes. A key it does not know is an error,
 * because a key that is silently ignored is a setting the user believes in.
 */
public final class DataspacesFile {

  /** The file's name. */
  public static final String NAME = "dataspaces.yaml";

  private static final Set<String> TOP = Set.of("default", "dataspaces");
  private static final List<String> ROOT_MARKERS = List.of(".git", ".hg", ".svn", ".mvn");

  private final Path path;
  private final @Nullable String defaultName;
  private final Map<String, Map<String, String>> dataspaces;

  private DataspacesFile(
      Path path, @Nullable String defaultName, Map<String, Map<String, String>> dataspaces) {
    this.path = path;
    this.defaultName = defaultName;
    this.dataspaces = dataspaces;
  }

  /**
   * Looks in {@code folder} and its parents, up to the one that holds the version control's folder
   * or {@code .mvn}.
   */
  public static Optional<DataspacesFile> find(Path folder) {
    for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve(NAME);
      if (Files.isRegularFile(candidate)) {
        return Optional.of(read(candidate));
      }
      if (isRoot(at)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * @throws DataspaceException {@link Reason#INVALID} naming the file, the place and the nearest
   *     valid key
   */
  public static DataspacesFile read(Path path) {
    YamlTree tree = new YamlTree(path);
    Map<String, Node> root = tree.read();
    checkKeys(tree, "", root, TOP);
    Map<String, Map<String, String>> dataspaces = new LinkedHashMap<>();
    if (root.containsKey("dataspaces")) {
      tree.map("dataspaces", root.get("dataspaces"))
          .forEach(
              (name, node) ->
                  dataspaces.put(
                      Names.dataspace(name), settings(tree, "dataspaces." + name, node)));
    }
    String defaultName =
        root.containsKey("default") ? tree.texts("default", root.get("default")).get(0) : null;
    if (defaultName != null && !dataspaces.containsKey(defaultName)) {
      throw tree.invalid(
          "default: it describes no dataspace '%s'.".formatted(defaultName),
          described(defaultName, dataspaces.keySet()));
    }
    return new DataspacesFile(path, defaultName, dataspaces);
  }

  /** Where it was read from. */
  public Path path() {
    return path;
  }

  /** The dataspace that is meant when none is named; a lone one needs no {@code default}. */
  public Optional<String> defaultName() {
    return defaultName == null && dataspaces.size() == 1
        ? dataspaces.keySet().stream().findFirst()
        : Optional.ofNullable(defaultName);
  }

  /** The names it describes, in its order. */
  public Collection<String> names() {
    return dataspaces.keySet();
  }

  /**
   * What it says of a dataspace, by the keys of {@link Setting}; empty for one it does not
   * describe.
   */
  public Map<String, String> settings(String name) {
    return dataspaces.getOrDefault(name, Map.of());
  }

  private static Map<String, String> settings(YamlTree tree, String place, Node node) {
    Map<String, Node> values = tree.map(place, node);
    checkKeys(tree, place + ".", values, Setting.fileKeys());
    Map<String, String> settings = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.equals(Setting.MIGRATIONS.key())) {
            settings.putAll(migrations(tree, place + "." + key, value));
            return;
          }
          if (key.equals(Setting.IMPORT.key())) {
            settings.putAll(imports(tree, place + "." + key, value));
            return;
          }
          List<String> texts = tree.texts(place + "." + key, value);
          settings.put(
              key,
              String.join(
                  ",",
                  Setting.namesFiles(key)
                      ? texts.stream().map(file -> resolved(tree.path(), file)).toList()
                      : texts));
        });
    return Map.copyOf(settings);
  }

  /** A list of places, or a map that says more; the keys of a map are joined with a dot. */
  private static Map<String, String> migrations(YamlTree tree, String place, Node node) {
    String key = Setting.MIGRATIONS.key() + ".";
    if (!(node instanceof MappingNode)) {
      return Map.of(key + "locations", places(tree, place, node));
    }
    Map<String, Node> values = tree.map(place, node);
    checkKeys(tree, place + ".", values, Migrations.KEYS);
    Map<String, String> settings = new LinkedHashMap<>();
    values.forEach((part, value) -> settings.put(key + part, part(tree, place, part, value)));
    return settings;
  }

  /** A list of dumps, or a map that says more. */
  private static Map<String, String> imports(YamlTree tree, String place, Node node) {
    String key = Setting.IMPORT.key();
    if (!(node instanceof MappingNode)) {
      return Map.of(key, places(tree, place, node));
    }
    Map<String, Node> values = tree.map(place, node);
    checkKeys(tree, place + ".", values, Imports.KEYS);
    Map<String, String> settings = new LinkedHashMap<>();
    values.forEach(
        (part, value) ->
            settings.put(key + "." + part, importPart(tree, place + "." + part, part, value)));
    return settings;
  }

  private static String importPart(YamlTree tree, String place, String part, Node value) {
    boolean byTable = value instanceof MappingNode;
    return switch (part) {
      case Imports.FILE -> places(tree, place, value);
      case Selection.ROWS, Selection.WHERE ->
          byTable
              ? lines(tree, place, value, part.equals(Selection.ROWS) ? "=" : ": ")
              : String.join("\n", tree.texts(place, value));
      default -> text(tree, place, value);
    };
  }

  private static String text(YamlTree tree, String place, Node value) {
    return String.join(",", tree.texts(place, value));
  }

  /** A map as lines, because a value may have a comma. */
  private static String lines(YamlTree tree, String place, Node map, String between) {
    return tree.map(place, map).entrySet().stream()
        .map(
            pair ->
                pair.getKey()
                    + between
                    + tree.texts(place, pair.getValue()).get(0).strip().replace('\n', ' ')
                    + "\n")
        .collect(Collectors.joining());
  }

  private static String part(YamlTree tree, String map, String part, Node value) {
    String place = map + "." + part;
    return switch (part) {
      case "locations", "changeLogFile" -> places(tree, place, value);
      case "placeholders" -> lines(tree, place, value, "=");
      default -> text(tree, place, value);
    };
  }

  private static String places(YamlTree tree, String place, Node node) {
    Path folder = tree.path().toAbsolutePath().getParent();
    return tree.texts(place, node).stream()
        .map(text -> LiveSource.isMeant(text) ? text : Migrations.resolved(text, folder))
        .collect(Collectors.joining(","));
  }

  /** Files are named from the place of the yaml, wherever Maven is started. */
  private static String resolved(Path yaml, String file) {
    return file.startsWith("classpath:") ? file : yaml.resolveSibling(file).normalize().toString();
  }

  private static void checkKeys(
      YamlTree tree, String prefix, Map<String, Node> values, Collection<String> known) {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw tree.invalid("there is no key '%s%s'.".formatted(prefix, key), described(key, known));
      }
    }
  }

  private static String described(String typed, Collection<String> known) {
    String suggestion = Suggestion.phrase(typed, known);
    String all = "It can be: %s.".formatted(String.join(", ", known.stream().sorted().toList()));
    return suggestion.isEmpty() ? all : suggestion + " " + all;
  }

  private static boolean isRoot(Path folder) {
    return ROOT_MARKERS.stream().anyMatch(marker -> Files.exists(folder.resolve(marker)));
  }
}
