package io.github.dataspaces.flavour;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Suggestion;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The flavours there are: those of dataspaces and whatever else the class path brings. */
public final class Flavours {

  /** What is meant when no flavour is named. */
  public static final String DEFAULT = "postgres";

  private final List<Flavour> all;

  private Flavours(List<Flavour> all) {
    this.all = all;
  }

  /** Finds the flavours on the class path of dataspaces itself and of {@code loader}. */
  public static Flavours load(ClassLoader loader) {
    Stream<Flavour> own =
        ServiceLoader.load(Flavour.class, Flavours.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get);
    Stream<Flavour> more =
        ServiceLoader.load(Flavour.class, loader).stream()
            // another copy of dataspaces may be on that class path; its types are not ours
            .filter(provider -> Flavour.class.isAssignableFrom(provider.type()))
            .map(ServiceLoader.Provider::get);
    List<Flavour> found = own.toList();
    return new Flavours(
        Stream.concat(
                found.stream(),
                more.filter(
                    flavour ->
                        found.stream().noneMatch(known -> known.name().equals(flavour.name()))))
            .toList());
  }

  /**
   * @throws DataspaceException {@link Reason#INVALID} listing the flavours there are
   */
  public Flavour named(String name) {
    return all.stream()
        .filter(flavour -> flavour.name().equals(name) || flavour.aliases().contains(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private DataspaceException unknown(String name) {
    List<String> names = all.stream().map(Flavour::name).sorted().toList();
    return new DataspaceException(
        Reason.INVALID,
        "There is no flavour '%s'.".formatted(name),
        "%s There are: %s."
            .formatted(Suggestion.phrase(name, names), String.join(", ", names))
            .strip());
  }
}
