package io.github.dataspaces.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    JsonNode root = parse(path);
    checkKeys(path, "", root, TOP);
    Map<String, Map<String, String>> dataspaces = new LinkedHashMap<>();
    root.path("dataspaces")
        .properties()
        .forEach(
            entry ->
                dataspaces.put(entry.getKey(), dataspace(path, entry.getKey(), entry.getValue())));
    JsonNode preferred = root.path("default");
    String defaultName = preferred.isMissingNode() ? null : preferred.asText();
    if (defaultName != null && !dataspaces.containsKey(defaultName)) {
      throw invalid(
          path,
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

  private static JsonNode parse(Path path) {
    try {
      JsonNode root = new YAMLMapper().readTree(path.toFile());
      if (root.isMissingNode() || root.isNull()) {
        return new YAMLMapper().createObjectNode();
      }
      if (!root.isObject()) {
        throw invalid(path, "it is not a map of keys.", "Begin with 'dataspaces:'.");
      }
      return root;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null ? "" : " (line %d)".formatted(e.getLocation().getLineNr());
      throw invalid(
          path, "it is not valid YAML%s: %s.".formatted(where, e.getOriginalMessage()), "");
    } catch (IOException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE, "%s cannot be read.".formatted(path), "Check its permissions.", e);
    }
  }

  private static Map<String, String> dataspace(Path path, String name, JsonNode node) {
    Names.dataspace(name);
    if (!node.isObject() && !node.isNull()) {
      throw invalid(
          path,
          "dataspaces.%s is not a map of keys.".formatted(name),
          "Write for example 'flavour: postgres:17' under it.");
    }
    checkKeys(path, "dataspaces." + name + ".", node, Setting.fileKeys());
    Map<String, String> settings = new LinkedHashMap<>();
    node.properties().forEach(entry -> settings.put(entry.getKey(), text(path, name, entry)));
    return Map.copyOf(settings);
  }

  private static String text(Path path, String name, Map.Entry<String, JsonNode> entry) {
    JsonNode value = entry.getValue();
    List<JsonNode> values = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(values::add);
    } else {
      values.add(value);
    }
    if (values.stream().anyMatch(item -> !item.isValueNode() || item.isNull())) {
      throw invalid(
          path,
          "dataspaces.%s.%s has no plain value.".formatted(name, entry.getKey()),
          "Write a value, or a list of values.");
    }
    Stream<String> texts = values.stream().map(JsonNode::asText);
    return String.join(
        ",",
        Setting.namesFiles(entry.getKey())
            ? texts.map(file -> resolved(path, file)).toList()
            : texts.toList());
  }

  /** Files are named from the place of the yaml, wherever Maven is started. */
  private static String resolved(Path yaml, String file) {
    return file.startsWith("classpath:") ? file : yaml.resolveSibling(file).normalize().toString();
  }

  private static void checkKeys(Path path, String prefix, JsonNode node, Collection<String> known) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw invalid(
                    path, "there is no key '%s%s'.".formatted(prefix, key), described(key, known));
              }
            });
  }

  private static String described(String typed, Collection<String> known) {
    String suggestion = Suggestion.phrase(typed, known);
    String all = "It can be: %s.".formatted(String.join(", ", known.stream().sorted().toList()));
    return suggestion.isEmpty() ? all : suggestion + " " + all;
  }

  private static boolean isRoot(Path folder) {
    return ROOT_MARKERS.stream().anyMatch(marker -> Files.exists(folder.resolve(marker)));
  }

  private static DataspaceException invalid(Path path, String problem, String remedy) {
    return new DataspaceException(Reason.INVALID, "%s: %s".formatted(path, problem), remedy);
  }
}
