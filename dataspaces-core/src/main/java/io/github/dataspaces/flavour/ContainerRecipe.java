package io.github.dataspaces.flavour;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How an engine runs in a container, by the interface of its official image.
 *
 * @param image the image of a version
 * @param port the port it listens on
 * @param mount where its data directory is mounted
 * @param files the folder under the mount that the server keeps its files in
 * @param environment the variables that have the image make a database for these credentials
 * @param command the server program; its arguments follow
 * @param stopSignal the signal that has it end its sessions, write down everything and stop
 */
public record ContainerRecipe(
    Function<String, String> image,
    int port,
    String mount,
    String files,
    Function<Credentials, Map<String, String>> environment,
    List<String> command,
    String stopSignal) {}
