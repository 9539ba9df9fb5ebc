package io.github.dataspaces.dump;

/** Functions whose bodies are statements, not a text: semicolons in those end nothing. */
final class AtomicBodies {

  /** No word that matters is longer. */
  static final int LONGEST = 9;

  private int words;
  private boolean creates;
  private boolean routine;
  private int depth;

  void begin() {
    words = 0;
    creates = false;
    routine = false;
    depth = 0;
  }

  /** In how many bodies, and cases in them, the position is. */
  int depth() {
    return depth;
  }

  /**
   * @param word a word of the statement, in upper case
   */
  void word(String word) {
    words++;
    if (words == 1) {
      creates = word.equals("CREATE");
    } else if (creates && words <= 4 && (word.equals("FUNCTION") || word.equals("PROCEDURE"))) {
      routine = true;
    } else if (routine) {
      depth += opens(word) ? 1 : word.equals("END") && depth > 0 ? -1 : 0;
    }
  }

  private boolean opens(String word) {
    return word.equals("BEGIN") || (depth > 0 && word.equals("CASE"));
  }
}
