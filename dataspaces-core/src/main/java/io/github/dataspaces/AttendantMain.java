package io.github.dataspaces;

import java.nio.file.Path;

/** Starts an {@link Attendant}. */
final class AttendantMain {

  private AttendantMain() {}

  /**
   * @param arguments the home
   */
  public static void main(String[] arguments) throws InterruptedException {
    try (Dataspaces dataspaces = Dataspaces.at(Path.of(arguments[0])).open()) {
      dataspaces.attend();
    }
  }
}
