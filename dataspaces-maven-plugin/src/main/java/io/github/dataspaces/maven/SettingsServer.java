package io.github.dataspaces.maven;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.Settings;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * The layer of settings that says who reads a database elsewhere, from a server in Maven's own.
 *
 * @param settings Maven's
 * @param decrypter makes passwords legible that are encrypted there
 * @param id which server; empty if none was named
 */
record SettingsServer(
    org.apache.maven.settings.Settings settings,
    SettingsDecrypter decrypter,
    Supplier<Optional<String>> id)
    implements Settings.Layer {

  @Override
  public Optional<String> apply(String key) {
    return switch (key) {
      case "sourceUsername" -> server().map(Server::getUsername);
      case "sourcePassword" -> server().map(Server::getPassword);
      default -> Optional.empty();
    };
  }

  private Optional<Server> server() {
    return id.get().map(this::server);
  }

  private Server server(String name) {
    Server server = settings.getServer(name);
    if (server == null) {
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "sourceServer: there is no server '%s' in Maven's settings.".formatted(name),
          "Add it to settings.xml, or say sourceUsername and DATASPACES_SOURCE_PASSWORD.");
    }
    return decrypter.decrypt(new DefaultSettingsDecryptionRequest(server)).getServer();
  }
}
