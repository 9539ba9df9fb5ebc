package io.github.dataspaces.runtime.embedded;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.process.ExternalTool;
import io.github.dataspaces.process.HostCommands;
import io.github.dataspaces.process.Interactive;
import io.github.dataspaces.process.Platform;
import io.github.dataspaces.runtime.RunningDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Client and shell for a native server: programs of this machine. */
final class NativeClient {

  private NativeClient() {}

  /**
   * @param own the client that came with the server; the machine's is taken where none did, or
   *     where it lacks a library
   */
  static Interactive of(RunningDatabase database, Optional<Path> own, Optional<String> command) {
    List<String> client = new ArrayList<>(database.flavour().client(database.address()));
    String program = client.get(0);
    Optional<Path> running = own.filter(NativeClient::runs);
    if (running.isPresent()) {
      client.set(0, running.get().toString());
    } else if (new ExternalTool(program, "", "").find().isEmpty()) {
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "The client '%s' is not on this machine.".formatted(program),
          "Install the client of %s (for example: apt-get install %s), or connect another tool with: mvn dataspaces:env"
              .formatted(database.flavour().name(), database.flavour().clientPackage()));
    }
    command.ifPresent(text -> client.addAll(database.flavour().clientCommand(text)));
    return new Interactive(client, database.flavour().clientEnvironment(database.address()));
  }

  static boolean runs(Path program) {
    return new HostCommands().run(List.of(program.toString(), "--version")).ok();
  }

  static Interactive shell(RunningDatabase database, Path folder, Optional<String> command) {
    Map<String, String> environment =
        new HashMap<>(database.flavour().clientEnvironment(database.address()));
    environment.put("DATASPACE_FOLDER", folder.toString());
    boolean posix = Platform.current().posix();
    String shell =
        posix
            ? Optional.ofNullable(System.getenv("SHELL"))
                .filter(path -> !path.isBlank())
                .orElse("/bin/sh")
            : "cmd.exe";
    List<String> line = new ArrayList<>(List.of(shell));
    command.ifPresent(text -> line.addAll(List.of(posix ? "-c" : "/c", text)));
    return new Interactive(line, environment);
  }
}
