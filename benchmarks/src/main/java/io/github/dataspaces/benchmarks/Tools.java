package io.github.dataspaces.benchmarks;

import io.github.dataspaces.ConnectionInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs of an engine, in a container of its image that does nothing else. */
final class Tools implements AutoCloseable {

  private final String container;

  /**
   * @param out the folder that the programs see as {@code /out}
   */
  Tools(String image, Path out) throws IOException, InterruptedException {
    container =
        output(
            List.of(
                "docker",
                "run",
                "--detach",
                "--rm",
                "--network=host",
                "--user=0",
                "--volume=" + out + ":/out",
                "--entrypoint=sleep",
                image,
                "infinity"));
  }

  /** Runs a command of a shell, which finds the database in its environment. */
  void run(ConnectionInfo connection, String command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "docker",
                "exec",
                "--env=PGHOST=127.0.0.1",
                "--env=PGPORT=" + connection.port(),
                "--env=PORT=" + connection.port(),
                "--env=PGUSER=" + connection.username(),
                "--env=PGDATABASE=" + connection.database(),
                "--env=PGPASSWORD=" + connection.password(),
                "--env=MYSQL_PWD=" + connection.password()));
    all.addAll(List.of(container, "sh", "-c", command));
    try {
      output(all);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IOException(command.get(command.size() - 1) + " failed");
    }
    return output;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    output(List.of("docker", "rm", "--force", container));
  }
}
