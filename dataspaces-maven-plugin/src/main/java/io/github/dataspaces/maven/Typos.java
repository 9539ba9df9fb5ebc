package io.github.dataspaces.maven;

import io.github.dataspaces.config.Suggestion;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;

/**
 * Finds what was typed with {@code -Ddataspaces.} and is no parameter of any goal, but nearly one.
 * What is like none of them may be meant for the tests, and is nobody's business here.
 */
final class Typos {

  private static final String PREFIX = "dataspaces.";

  private Typos() {}

  /** A warning for each. */
  static List<String> in(Properties typed, PluginDescriptor plugin) {
    Set<String> known =
        plugin.getMojos().stream()
            .flatMap(goal -> goal.getParameters().stream())
            .map(Parameter::getName)
            .collect(Collectors.toSet());
    return in(typed, known);
  }

  static List<String> in(Properties typed, Set<String> known) {
    return typed.stringPropertyNames().stream()
        .filter(property -> property.startsWith(PREFIX))
        .map(property -> property.substring(PREFIX.length()))
        .filter(name -> !known.contains(name))
        .flatMap(
            name ->
                Suggestion.of(name, known).stream()
                    .map(
                        near ->
                            "No goal knows -Ddataspaces.%s. Did you mean -Ddataspaces.%s?"
                                .formatted(name, near)))
        .sorted()
        .toList();
  }
}
