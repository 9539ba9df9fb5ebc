package io.github.dataspaces.flavour;

import io.github.dataspaces.config.DumpFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** How an engine's own program dumps a database, the same bytes as long as nothing changes. */
public interface DumpRecipe {

  /** The formats it has, the one that is meant where nothing is said first. */
  List<DumpFormat> formats();

  /**
   * A query for the columns whose values the program does not write exactly, as {@code table.column
   * (type)}. Empty if there are none such.
   */
  Optional<String> inexact();

  /** The program, which writes to its standard output. */
  String program();

  /** Whether a program of that version can dump a server of that version. */
  boolean fits(String programVersion, String serverVersion);

  /** Where installers put the program beside the PATH; names of folders may have a star in them. */
  List<String> places();

  /** How to get a program that can dump a server of that version. */
  String remedy(String serverVersion);

  /**
   * Its arguments.
   *
   * @param address the server, as the program sees it; the password is in {@link
   *     Flavour#clientEnvironment}
   * @param knows whether the program, in its version, has an option
   */
  List<String> arguments(DumpFormat format, Address address, Predicate<String> knows);
}
