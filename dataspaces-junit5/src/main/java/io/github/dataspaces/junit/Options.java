package io.github.dataspaces.junit;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a class says about its dataspace, in an annotation or a builder. Empty where it says
 * nothing.
 */
record Options(
    String dataspace,
    String flavour,
    String runtime,
    String image,
    ImportOptions imports,
    List<String> migrations,
    List<String> seed,
    String snapshot,
    Rollback rollback,
    Isolation isolation) {

  Options {
    refuseWithSnapshot("importFrom", imports.from(), snapshot);
    refuseWithSnapshot("migrations", migrations, snapshot);
    refuseWithSnapshot("seed", seed, snapshot);
  }

  private static void refuseWithSnapshot(String what, List<String> places, String snapshot) {
    if (!places.isEmpty() && !snapshot.isEmpty()) {
      throw new DataspaceException(
          Reason.INVALID,
          "Both %s and snapshot=\"%s\" were given.".formatted(what, snapshot),
          "A snapshot brings its data with it: leave out one of the two.");
    }
  }

  static Options of(Dataspace annotation) {
    return new Options(
        annotation.value(),
        annotation.flavour(),
        annotation.runtime(),
        annotation.image(),
        ImportOptions.of(annotation),
        List.of(annotation.migrations()),
        List.of(annotation.seed()),
        annotation.snapshot(),
        annotation.rollback(),
        annotation.isolation());
  }

  /** What it says, by the keys of {@link Setting}. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(Setting.FLAVOUR.key(), flavour);
    settings.put(Setting.RUNTIME.key(), runtime);
    settings.put(Setting.IMAGE.key(), image);
    settings.putAll(imports.settings());
    settings.put(Setting.MIGRATIONS.key(), String.join(",", migrations));
    settings.put(Setting.SEED.key(), String.join(",", seed));
    return settings;
  }

  /** The same for all classes that can share a dataspace. */
  List<Object> sharingKey() {
    return List.of(dataspace, settings());
  }
}
