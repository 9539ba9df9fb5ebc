package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is left of a run that the user ends. */
class InterruptedRunTest {

  @Test
  void noServerIsLeftWhenARunIsInterrupted() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                InterruptedRun.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      int port =
          output
              .lines()
              .filter(line -> line.startsWith(InterruptedRun.READY))
              .map(line -> Integer.parseInt(line.substring(InterruptedRun.READY.length())))
              .findFirst()
              .orElseThrow();
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("has ended").isTrue();
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
          .isInstanceOf(ConnectException.class);
    } finally {
      process.destroyForcibly();
    }
  }
}
