package io.github.dataspaces.runtime;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DumpFormat;
import io.github.dataspaces.flavour.Address;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.process.CommandResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine's own program that dumps a server's database.
 *
 * @param flavour the engine
 * @param program what it is called, or where it is
 * @param address the server, as the program sees it
 * @param place where the program is
 */
public record DumpTool(Flavour flavour, String program, Address address, ProgramPlace place) {

  /**
   * Dumps the database.
   *
   * @throws IOException if {@code out} takes no more
   * @throws DataspaceException {@code INFRASTRUCTURE} if the program fails: what it has written is
   *     not the database then
   */
  public void dump(DumpFormat format, OutputStream out) throws IOException {
    ByteArrayOutputStream help = new ByteArrayOutputStream();
    run(List.of("--help"), help);
    String known = help.toString(StandardCharsets.UTF_8);
    run(flavour.dumps().arguments(format, address, known::contains), out);
  }

  private void run(List<String> arguments, OutputStream out) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    CommandResult result = place.run(command, flavour.clientEnvironment(address), out);
    if (!result.ok()) {
      throw new DataspaceException(
          Reason.INFRASTRUCTURE,
          "%s failed with exit code %d: %s"
              .formatted(flavour.dumps().program(), result.exit(), result.lastLines()),
          "");
    }
  }
}
