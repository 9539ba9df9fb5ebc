package io.github.dataspaces.runtime;

import io.github.dataspaces.flavour.Credentials;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.Purpose;
import java.nio.file.Path;
import java.util.List;

/**
 * A database server, running or not: all that a runtime has to know of it.
 *
 * @param name unique in the home
 * @param flavour its engine
 * @param edition what is run
 * @param data its data directory
 * @param log where a native server writes its log
 * @param port its TCP port on this machine
 * @param credentials how to get in
 * @param purpose what it is for
 */
public record Server(
    String name,
    Flavour flavour,
    ServerEdition edition,
    Path data,
    Path log,
    int port,
    Credentials credentials,
    Purpose purpose) {

  /** The same for another purpose. */
  public Server as(Purpose other) {
    return new Server(name, flavour, edition, data, log, port, credentials, other);
  }

  /** What its program is told. */
  public List<String> arguments() {
    return flavour.serverArguments(purpose);
  }
}
