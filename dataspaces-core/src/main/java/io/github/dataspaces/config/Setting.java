package io.github.dataspaces.config;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings of a dataspace: one name each, the same in the yaml, as {@code dataspaces.<name>},
 * and in JUnit.
 */
public enum Setting {
  FLAVOUR("flavour"),
  RUNTIME("runtime"),
  IMAGE("image"),
  PORT("port"),
  DATABASE("database"),
  USERNAME("username"),
  PASSWORD("password"),
  FROM("from"),
  TTL("ttl"),
  DURABLE("durable"),
  IMPORT("import"),
  MIGRATIONS("migrations"),
  SEED("seed"),
  /** A matter of the request, not of the dataspace: not for the file. */
  IF_EXISTS("ifExists");

  private final String key;

  Setting(String key) {
    this.key = key;
  }

  /** Its name, in camel case. */
  public String key() {
    return key;
  }

  static Set<String> fileKeys() {
    return Arrays.stream(values())
        .filter(setting -> setting != IF_EXISTS)
        .map(Setting::key)
        .collect(Collectors.toUnmodifiableSet());
  }

  static boolean namesFiles(String key) {
    return key.equals(SEED.key);
  }
}
