package io.github.dataspaces.testkit;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The machine's own {@code pg_dump}, without which native servers cannot be dumped. */
public final class HostPgDump {

  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ([0-9]+)");

  private HostPgDump() {}

  /** The newest flavour that it can dump and the tests have; skips the test if there is none. */
  public static String flavour() {
    Matcher version = VERSION.matcher(Command.run(Map.of(), "pg_dump", "--version").output());
    int newest = version.find() ? Integer.parseInt(version.group(1)) : 0;
    DockerEngine.requireThat(
        newest >= 15, "no pg_dump of version 15 or later: native dumps are skipped");
    int major = Stream.of(18, 17, 15).filter(had -> had <= newest).findFirst().orElseThrow();
    return "postgres:" + major;
  }
}
