package io.github.dataspaces.snapshot;

/**
 * Which server a data directory's files belong to: what has to be the same where they are used
 * again.
 *
 * @param flavour the engine
 * @param major the version within which files can be exchanged
 * @param version the server's own version
 * @param runtime what ran the server; its user owns the files
 * @param source the image or artifact that was run
 * @param contentId the image's or artifact's content
 * @param editionVersion the version that was asked for
 * @param database the database
 * @param username its owner
 * @param password the owner's password in these files
 */
public record Origin(
    String flavour,
    String major,
    String version,
    String runtime,
    String source,
    String contentId,
    String editionVersion,
    String database,
    String username,
    String password) {

  /** The same with another password. */
  public Origin withPassword(String other) {
    return new Origin(
        flavour,
        major,
        version,
        runtime,
        source,
        contentId,
        editionVersion,
        database,
        username,
        other);
  }

  /** The same with the version that the server itself told. */
  public Origin withVersion(String newMajor, String newVersion) {
    return new Origin(
        flavour,
        newMajor,
        newVersion,
        runtime,
        source,
        contentId,
        editionVersion,
        database,
        username,
        password);
  }

  @Override
  public String toString() {
    return flavour + " " + version + " (" + runtime + ")";
  }
}
