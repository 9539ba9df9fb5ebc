package io.github.dataspaces.storage;

/** A cloner's failure, in the words of the tool it used. */
final class CloneFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  CloneFailedException(String message) {
    super(message);
  }
}
