package io.github.dataspaces.reset.mysql;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The server's global variables, and those that are kept for its next start. */
record Settings(Map<String, String> variables) {

  static Settings of(AdminSession admin, Dialect dialect) {
    Map<String, String> variables = new TreeMap<>();
    for (List<String> row : admin.query("show global variables")) {
      // these follow the binary log
      if (!row.get(0).startsWith("gtid_")) {
        variables.put(row.get(0), row.get(1));
      }
    }
    if (dialect.persistsSettings()) {
      admin
          .query("select variable_name, variable_value from performance_schema.persisted_variables")
          .forEach(row -> variables.put("persisted " + row.get(0), row.get(1)));
    }
    return new Settings(variables);
  }

  /** The names of those that differ. */
  List<String> differences(Settings other) {
    TreeMap<String, String> all = new TreeMap<>(other.variables);
    all.putAll(variables);
    return all.keySet().stream()
        .filter(
            name ->
                !String.valueOf(variables.get(name))
                    .equals(String.valueOf(other.variables.get(name))))
        .toList();
  }
}
