package io.github.dataspaces.flavour;

import io.github.dataspaces.config.DumpFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Dumps by {@code pg_dump}: rows in the order in which they lie, which only changes change. */
final class PostgreSqlDumps implements DumpRecipe {

  /** It keeps psql from running commands that are in the rows, and is random unless it is told. */
  private static final String RESTRICT_KEY = "--restrict-key";

  @Override
  public List<DumpFormat> formats() {
    return List.of(DumpFormat.PLAIN, DumpFormat.CUSTOM);
  }

  @Override
  public Optional<String> inexact() {
    return Optional.empty();
  }

  @Override
  public String program() {
    return "pg_dump";
  }

  @Override
  public boolean fits(String programVersion, String serverVersion) {
    return major(programVersion) >= major(serverVersion);
  }

  private static int major(String version) {
    return Integer.parseInt(version.replaceFirst("[^0-9].*", ""));
  }

  @Override
  public List<String> places() {
    return List.of(
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postgresql@*/bin",
        "/opt/homebrew/opt/libpq/bin",
        "/usr/local/opt/postgresql@*/bin",
        "/usr/local/opt/libpq/bin",
        "/Library/PostgreSQL/*/bin",
        "C:/Program Files/PostgreSQL/*/bin");
  }

  @Override
  public String remedy(String serverVersion) {
    int major = major(serverVersion);
    return "Install the client programs of PostgreSQL %d or later (for example: apt-get install postgresql-client-%d, or brew install libpq)"
        .formatted(major, major);
  }

  @Override
  public List<String> arguments(DumpFormat format, Address address, Predicate<String> knows) {
    List<String> arguments = new ArrayList<>(List.of("--no-password", "--format=" + format));
    if (format == DumpFormat.CUSTOM) {
      // before version 16 there is gzip only
      arguments.add(knows.test("--compress=METHOD") ? "--compress=zstd" : "--compress=6");
    } else if (knows.test(RESTRICT_KEY)) {
      arguments.add(RESTRICT_KEY + "=dataspaces");
    }
    return List.copyOf(arguments);
  }
}
