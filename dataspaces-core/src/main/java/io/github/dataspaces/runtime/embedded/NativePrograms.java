package io.github.dataspaces.runtime.embedded;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.process.CommandResult;
import io.github.dataspaces.process.ExternalTool;
import io.github.dataspaces.process.HostCommands;
import io.github.dataspaces.runtime.ProgramPlace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Programs of an engine beside its server: those that came with it, or the machine's.
 *
 * @param programs what came with it
 */
record NativePrograms(Path programs, Flavour flavour) implements ProgramPlace {

  @Override
  public CommandResult run(List<String> command, Map<String, String> environment, OutputStream out)
      throws IOException {
    String name = command.get(0);
    Path own = programs.resolve("bin").resolve(name);
    List<String> line = new ArrayList<>(command);
    if (Files.isExecutable(own)) {
      line.set(0, own.toString());
    } else if (new ExternalTool(name, "", "").find().isEmpty()) {
      throw new DataspaceException(
          Reason.NOT_FOUND,
          "The program '%s' is not on this machine.".formatted(name),
          "Install the client of %s (for example: apt-get install %s), or use runtime=docker."
              .formatted(flavour.name(), flavour.clientPackage()));
    }
    return new HostCommands().run(line, environment, out);
  }
}
