package io.github.dataspaces.junit;

import io.github.dataspaces.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a class says about what its dataspace is filled with. Empty where it says nothing. */
record ImportOptions(
    List<String> from, List<String> tables, List<String> rows, List<String> where) {

  static ImportOptions of(Dataspace annotation) {
    return new ImportOptions(
        List.of(annotation.importFrom()),
        List.of(annotation.importTables()),
        List.of(annotation.importRows()),
        List.of(annotation.importWhere()));
  }

  /** What it says, by the keys of {@link Setting}. */
  Map<String, String> settings() {
    String key = Setting.IMPORT.key();
    return Map.of(
        key,
        String.join(",", from),
        key + ".tables",
        String.join(",", tables),
        key + ".rows",
        String.join(",", rows),
        key + ".where",
        where.stream()
            .map(condition -> condition.strip().replace('\n', ' ') + "\n")
            .collect(Collectors.joining()));
  }
}
