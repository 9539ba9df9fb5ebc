package io.github.dataspaces.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Another JVM that works in a home: a build beside this one. Closing it lets it end by itself. */
public final class OtherJvm implements AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Process process;
  private final Path errors;
  private final Writer requests;
  private final BufferedReader answers;
  private boolean started;

  private OtherJvm(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** One that works in that home; it has begun to start when this returns. */
  public static OtherJvm in(Path home) {
    return new Builder(home).start();
  }

  /** For one that differs from this JVM. */
  public static Builder with(Path home) {
    return new Builder(home);
  }

  /** How it differs from this JVM. */
  public static final class Builder {

    private final Path home;
    private final List<String> prefix = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    private Path binaries = LocalBinaries.folder();

    private Builder(Path home) {
      this.home = home;
    }

    /** An option of the JVM. */
    public Builder option(String option) {
      options.add(option);
      return this;
    }

    /** An environment variable; an empty value takes it away. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** As another user, by a command before the JVM's own, and with files that user can read. */
    public Builder as(List<String> command, String readableClassPath, Path readableBinaries) {
      prefix.addAll(command);
      classPath = readableClassPath;
      binaries = readableBinaries;
      return this;
    }

    /** Started by a command before the JVM's own. */
    public Builder through(List<String> command) {
      prefix.addAll(command);
      return this;
    }

    /** Starts it. */
    public OtherJvm start() {
      List<String> command = new ArrayList<>(prefix);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // a light one: several run at once
      command.addAll(
          List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
      command.add("-Dtest.binaries=" + binaries);
      command.addAll(options);
      command.addAll(List.of("-cp", classPath, Child.class.getName(), home.toString()));
      try {
        Path logs = Files.createDirectories(Path.of("target", "jvms"));
        File log =
            logs.resolve(ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + ".log")
                .toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log);
        environment.forEach(
            (name, value) -> {
              if (value.isEmpty()) {
                builder.environment().remove(name);
              } else {
                builder.environment().put(name, value);
              }
            });
        return new OtherJvm(builder.start(), log.toPath());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What came of a request, and what programs that it started have written before. */
  public record Answer(boolean ok, List<String> words, String output) {

    /** What was answered. */
    public String text() {
      return words.isEmpty() ? "" : words.get(0);
    }
  }

  /** Waits until it has started. */
  public OtherJvm awaitStart() {
    if (!started) {
      started = true;
      receive();
    }
    return this;
  }

  /** Asks for something that has to succeed. */
  public String ask(String... request) {
    Answer answer = attempt(request);
    assertThat(answer.ok())
        .as("%s: %s%n%s", String.join(" ", request), answer.words(), errors())
        .isTrue();
    return answer.text();
  }

  /** Asks for something that may fail. */
  public Answer attempt(String... request) {
    awaitStart();
    send(request);
    return receive();
  }

  /** Asks for something and does not wait for it. */
  public void send(String... request) {
    try {
      requests.write(Child.encoded(List.of(request)) + "\n");
      requests.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(errors(), e);
    }
  }

  /** Waits for the next answer. */
  public Answer receive() {
    StringBuilder output = new StringBuilder();
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        int start = line.indexOf(Child.ANSWER);
        if (start >= 0) {
          output.append(line, 0, start);
          String answer = line.substring(start + 1);
          boolean ok = answer.startsWith("ok ");
          String rest = answer.substring(answer.indexOf(' ') + 1);
          return new Answer(ok, Child.decoded(rest), output.toString());
        }
        output.append(line).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("the other JVM ended: " + output + errors());
  }

  /** What it has written to its standard error stream, its log among it. */
  public String errors() {
    try {
      return Files.readString(errors, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Ends it at once, as if the power had failed for it alone. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      requests.close();
      process.waitFor();
    } catch (IOException killed) {
      // nobody reads the end of the requests any more
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
