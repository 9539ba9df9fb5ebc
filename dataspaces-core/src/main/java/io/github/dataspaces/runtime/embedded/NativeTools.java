package io.github.dataspaces.runtime.embedded;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.flavour.DumpRecipe;
import io.github.dataspaces.process.ExternalTool;
import io.github.dataspaces.process.ExternalTool.Found;
import io.github.dataspaces.process.HostCommands;
import io.github.dataspaces.runtime.DumpTool;
import io.github.dataspaces.runtime.RunningDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs of this machine that dump native servers, where those bring none. */
final class NativeTools {

  private NativeTools() {}

  /**
   * @param version the server's
   * @param own the program that came with the server
   * @param surroundings the environment that keeps other settings away
   */
  static DumpTool dump(
      RunningDatabase database,
      String version,
      Optional<Path> own,
      Map<String, String> surroundings) {
    DumpRecipe recipe = database.flavour().dumps();
    String program =
        own.filter(NativeClient::runs)
            .map(Path::toString)
            .orElseGet(
                () ->
                    fitting(
                        recipe,
                        version,
                        ExternalTool.installed(recipe.program(), recipe.places())));
    return new DumpTool(
        database.flavour(),
        program,
        database.address(),
        (command, environment, out) -> {
          Map<String, String> all = new HashMap<>(surroundings);
          all.putAll(environment);
          return new HostCommands().run(command, all, out);
        });
  }

  /** The one that is nearest to the server's own version. */
  static String fitting(DumpRecipe recipe, String version, List<Found> installed) {
    return installed.stream()
        .filter(found -> recipe.fits(found.version(), version))
        .min(Comparator.comparing(Found::version, NativeTools::compare))
        .map(found -> found.path().toString())
        .orElseThrow(() -> missing(recipe, version, installed));
  }

  private static DataspaceException missing(
      DumpRecipe recipe, String version, List<Found> installed) {
    String there =
        installed.isEmpty()
            ? "this machine has none"
            : "this machine has only %s".formatted(installed.get(0));
    return new DataspaceException(
        Reason.NOT_FOUND,
        "Native servers bring no %s with them, and %s.".formatted(recipe.program(), there),
        recipe.remedy(version) + ", or use runtime=docker.");
  }

  private static int compare(String one, String other) {
    return Arrays.compare(numbers(one), numbers(other));
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }
}
