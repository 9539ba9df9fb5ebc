package io.github.dataspaces.flavour;

/**
 * Who may use which database.
 *
 * @param database the database
 * @param username its owner, who may do everything on this disposable server
 * @param password the owner's password; never printed
 */
public record Credentials(String database, String username, String password) {

  /** The same with another password. */
  public Credentials withPassword(String other) {
    return new Credentials(database, username, other);
  }

  @Override
  public String toString() {
    return username + "@" + database;
  }
}
