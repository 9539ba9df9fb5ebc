package io.github.dataspaces;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.FlavourSelector;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.Flavours;
import io.github.dataspaces.snapshot.Origin;

/** Whether files fit what was asked for. */
final class Compatibility {

  private Compatibility() {}

  /** Fails unless files of that origin are what the spec asks for. */
  static void require(Flavours flavours, DataspaceSpec spec, Origin origin, String what) {
    spec.flavour().ifPresent(asked -> requireFlavour(flavours, asked, origin, what));
    if (spec.runtime() != RuntimeChoice.AUTO) {
      requireEqual(what, "runtime", origin.runtime(), spec.runtime().toString());
    }
    spec.image().ifPresent(image -> requireEqual(what, "image", origin.source(), image));
    spec.database()
        .ifPresent(database -> requireEqual(what, "database", origin.database(), database));
    spec.username()
        .ifPresent(username -> requireEqual(what, "username", origin.username(), username));
  }

  /** Fails unless a dataspace can go over to those files. */
  static void require(String dataspace, Origin current, Origin files, String what) {
    boolean fits =
        current.flavour().equals(files.flavour())
            && current.major().equals(files.major())
            && current.runtime().equals(files.runtime());
    if (!fits) {
      throw misfit(what, "of " + files, "dataspace '%s' is %s".formatted(dataspace, current));
    }
  }

  private static void requireFlavour(
      Flavours flavours, FlavourSelector asked, Origin origin, String what) {
    Flavour flavour = flavours.named(asked.name());
    boolean sameMajor =
        asked.version().isEmpty()
            || flavour.majorOf(asked.version()).equals(origin.major())
            // 9 covers 9.7, within which alone files can be exchanged
            || origin.major().startsWith(asked.version() + ".");
    if (!flavour.name().equals(origin.flavour()) || !sameMajor) {
      throw misfit(what, "of " + origin, "flavour=%s was asked for".formatted(asked));
    }
  }

  private static void requireEqual(String what, String key, String actual, String asked) {
    if (!actual.equals(asked)) {
      throw misfit(
          what, "has %s=%s".formatted(key, actual), "%s=%s was asked for".formatted(key, asked));
    }
  }

  private static DataspaceException misfit(String what, String has, String asked) {
    return new DataspaceException(
        Reason.INCOMPATIBLE,
        "The %s is %s, but %s.".formatted(what, has, asked).replace("is has", "has"),
        "Ask for the same, or make a new dataspace and import the data.");
  }
}
