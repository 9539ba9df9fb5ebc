package io.github.dataspaces;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a dataspace.
 *
 * @param name its name
 * @param state {@code running}, {@code paused}, {@code stopped}, {@code unknown} where its
 *     container engine does not answer, or {@code unreadable} where its record is damaged
 * @param flavour the engine
 * @param version the server's own version
 * @param runtime {@code embedded} or {@code docker}
 * @param source the image or the artifact that is run
 * @param host where it is reached
 * @param port its TCP port
 * @param url its JDBC URL, without credentials
 * @param database its database
 * @param username the database's owner
 * @param size the bytes of its files
 * @param created when it was made
 * @param expires when {@code prune} may remove it
 * @param from the snapshot or dataspace it was made from
 * @param durable whether it survives a crash of the machine
 * @param settings what its server is started with beyond where it is: what makes one that is not
 *     durable quick and small
 * @param dataDirectory where its files are
 * @param cloner how a snapshot of it would be made
 * @param snapshots its snapshots' names
 */
public record DataspaceInfo(
    String name,
    String state,
    String flavour,
    String version,
    String runtime,
    String source,
    String host,
    int port,
    String url,
    String database,
    String username,
    long size,
    Instant created,
    Optional<Instant> expires,
    Optional<String> from,
    boolean durable,
    List<String> settings,
    String dataDirectory,
    String cloner,
    List<String> snapshots) {

  static final String UNREADABLE = "unreadable";
  static final String UNKNOWN = "unknown";

  static DataspaceInfo unreadable(String name) {
    return new DataspaceInfo(
        name,
        UNREADABLE,
        "",
        "",
        "",
        "",
        "",
        0,
        "",
        "",
        "",
        0,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        false,
        List.of(),
        "",
        "",
        List.of());
  }
}
