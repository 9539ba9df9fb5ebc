package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file as it is written: values keep their text, because YAML would read the password 0123
 * as the number 83.
 *
 * @param path the file
 */
record YamlTree(Path path) {

  /** The file's top map; empty for an empty file. */
  Map<String, Node> read() {
    try (Reader reader = Files.newBufferedReader(path)) {
      Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader);
      return root == null ? Map.of() : map("it", root);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw invalid("it is not valid YAML (line %d): %s.".formatted(line, e.getProblem()), "");
    } catch (IOException e) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "%s cannot be read.".formatted(path),
          "Check its permissions and that it is UTF-8.",
          e);
    }
  }

  /** A map's values by its keys; an empty one where nothing is written. */
  Map<String, Node> map(String place, Node node) {
    if (Tag.NULL.equals(node.getTag())) {
      return Map.of();
    }
    if (!(node instanceof MappingNode mapping)) {
      throw invalid(
          "%s is not a map of keys%s.".formatted(place, line(node)),
          "Write keys under it, each with a colon.");
    }
    Map<String, Node> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = text("a key of " + place, tuple.getKeyNode());
      if (values.put(key, tuple.getValueNode()) != null) {
        throw invalid(
            "duplicate key '%s'%s.".formatted(key, line(tuple.getKeyNode())),
            "Keep one of the two.");
      }
    }
    return values;
  }

  /** A value, or a list of values, each as written. */
  List<String> texts(String place, Node node) {
    return node instanceof SequenceNode sequence
        ? sequence.getValue().stream().map(item -> text(place, item)).toList()
        : List.of(text(place, node));
  }

  private String text(String place, Node node) {
    if (node instanceof ScalarNode scalar && !Tag.NULL.equals(node.getTag())) {
      return scalar.getValue();
    }
    throw invalid(
        "%s has no plain value%s.".formatted(place, line(node)),
        "Write a value, or a list of values.");
  }

  DataspaceException invalid(String problem, String remedy) {
    return new DataspaceException(Reason.INVALID, "%s: %s".formatted(path, problem), remedy);
  }

  private static String line(Node node) {
    return " (line %d)".formatted(node.getStartMark().getLine() + 1);
  }
}
