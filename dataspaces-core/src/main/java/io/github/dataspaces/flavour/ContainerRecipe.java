package io.github.dataspaces.flavour;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * How an engine runs in a container, by the interface of its official image.
 *
 * @param image the image of a version
 * @param port the port it listens on
 * @param listen the arguments that have it listen on that port of the machine's own address
 *     instead, and nowhere else
 * @param mount where its data directory is mounted
 * @param files the folder under the mount that the server keeps its files in
 * @param environment the variables that have the image make a database for these credentials
 * @param command the server program, as the image's entrypoint is told it; its arguments follow
 * @param restart the server program for files that are there already, run without the image's
 *     entrypoint, where that only costs time
 * @param administrator the image's own user, where the owner it makes is not the server's
 * @param stopSignal the signal that has it end its sessions, write down everything and stop
 */
public record ContainerRecipe(
    Function<String, String> image,
    int port,
    IntFunction<List<String>> listen,
    String mount,
    String files,
    Function<Credentials, Map<String, String>> environment,
    List<String> command,
    Optional<List<String>> restart,
    Optional<Administrator> administrator,
    String stopSignal) {

  /**
   * A user that the image makes beside the owner, with the owner's password.
   *
   * @param username what it is called
   * @param empower the statements it has to run for the owner to be able to do everything
   */
  public record Administrator(String username, Function<Credentials, List<String>> empower) {}
}
