package io.github.dataspaces.maven;

import java.io.Console;

/** The terminal that a person sits at. */
final class Terminal {

  private Terminal() {}

  /** Whether both the input and the output are a terminal. */
  static boolean isPresent() {
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /** From Java 22 on there is a console even where there is no terminal, and a method to tell. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJava) {
      return true;
    }
  }
}
