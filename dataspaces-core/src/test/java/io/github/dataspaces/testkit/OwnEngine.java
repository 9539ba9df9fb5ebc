package io.github.dataspaces.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine that may be killed: in namespaces of its own, so that the machine's engine, its
 * network and its containers are none of its business. All that is in there ends with it, after
 * five minutes at the latest.
 */
public final class OwnEngine implements AutoCloseable {

  /** Its own /run holds the engine's sockets; a shell waits, so that what dies is collected. */
  private static final String INIT =
      "mount -t tmpfs tmpfs /run && ip link set lo up && { sleep 300 & touch /run/ready; wait; }";

  private final Path data;
  private final Process namespace;
  private @Nullable Process engine;

  private OwnEngine(Path data, Process namespace) {
    this.data = data;
    this.namespace = namespace;
  }

  /** One that has that image of the machine's engine; needs root. */
  public static OwnEngine with(String image) {
    DockerEngine.require();
    DockerEngine.requireThat(
        Command.isRoot() && Command.exists("unshare") && Command.exists("dockerd"),
        "not root, or no dockerd: no engine can be killed");
    Process namespace =
        started(
            "unshare",
            "--mount",
            "--net",
            "--pid",
            "--fork",
            "--mount-proc",
            "--kill-child",
            "sh",
            "-c",
            INIT);
    OwnEngine own = new OwnEngine(Disk.XFS.folder(), namespace);
    try {
      Eventually.holds("the namespaces are there", () -> own.inside("test", "-e", "/run/ready"));
      own.start();
      String load =
          "docker save %s | %s docker load".formatted(image, String.join(" ", own.enter()));
      Command.output("sh", "-c", load);
      return own;
    } catch (RuntimeException | AssertionError e) {
      own.close();
      throw e;
    }
  }

  /** Starts it, and waits until it answers. */
  public void start() {
    engine = started(entering("dockerd", "--data-root=" + data));
    Eventually.holds("the engine answers", () -> inside("docker", "version"));
  }

  /** Ends it at once; its containers go on. */
  public void kill() {
    signal("KILL");
    Eventually.holds("the engine is gone", () -> !inside("docker", "version"));
  }

  /** Stops it from doing anything: it takes requests and never answers. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets it go on. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String signal) {
    Process entered = engine;
    assertThat(entered).isNotNull();
    // the program that enters the namespaces waits outside of them for the one that it started
    entered.children().forEach(process -> Processes.signal(signal, process.pid()));
    if (signal.equals("CONT")) {
      Processes.signal(signal, entered.pid()); // it stops with the one that it waits for
    }
  }

  /** A JVM for which this is the machine's engine. */
  public OtherJvm jvm(Path home) {
    return OtherJvm.with(home).through(enter()).start();
  }

  /** The containers there are. */
  public List<String> containers() {
    return Command.output(entering("docker", "ps", "--all", "--quiet")).lines().toList();
  }

  private boolean inside(String... command) {
    return Command.run(Map.of(), entering(command)).exit() == 0;
  }

  private String[] entering(String... command) {
    return Stream.concat(enter().stream(), Stream.of(command)).toArray(String[]::new);
  }

  private List<String> enter() {
    long first = namespace.children().map(ProcessHandle::pid).findFirst().orElse(-1L);
    return List.of("nsenter", "--target=" + first, "--mount", "--net", "--pid", "--");
  }

  private static Process started(String... command) {
    try {
      Path log = Files.createDirectories(Path.of("target", "engine")).resolve("engine.log");
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    namespace.children().forEach(ProcessHandle::destroyForcibly);
    Eventually.holds("all that was in the namespaces is gone", () -> !namespace.isAlive());
    Command.output("rm", "-rf", data.toString());
  }
}
