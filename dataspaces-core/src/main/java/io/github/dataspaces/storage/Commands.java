package io.github.dataspaces.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts command lines together. */
final class Commands {

  private Commands() {}

  static List<String> with(List<String> command, Path... paths) {
    List<String> all = new ArrayList<>(command);
    for (Path path : paths) {
      all.add(path.toString());
    }
    return List.copyOf(all);
  }
}
