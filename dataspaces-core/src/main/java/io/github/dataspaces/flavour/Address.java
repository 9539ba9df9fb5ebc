package io.github.dataspaces.flavour;

/**
 * Where a database is and who may use it.
 *
 * @param host the host's name or address
 * @param port the TCP port
 * @param credentials database, user and password
 */
public record Address(String host, int port, Credentials credentials) {}
