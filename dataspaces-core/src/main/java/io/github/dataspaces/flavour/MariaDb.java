package io.github.dataspaces.flavour;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** MariaDB 10.6 and later. */
public final class MariaDb extends MySqlFamily {

  /** From 11.4 on it makes a key and a certificate at each start, which takes seconds. */
  static final String NO_CERTIFICATE = "--skip-ssl";

  @Override
  public String name() {
    return "mariadb";
  }

  @Override
  public Set<String> aliases() {
    return Set.of();
  }

  @Override
  public String defaultVersion() {
    return "11.8";
  }

  @Override
  public Optional<NativeRecipe> nativeServer() {
    return Optional.of(new NativeMariaDb());
  }

  @Override
  public List<String> jdbcUrls(String host, int port, String database) {
    String place = "%s:%s/%s".formatted(host, String.valueOf(port), database);
    return List.of("jdbc:mariadb://" + place, "jdbc:mysql://" + place + "?sslMode=DISABLED");
  }

  @Override
  public String driverArtifact() {
    return "org.mariadb.jdbc:mariadb-java-client";
  }

  @Override
  public String clientPackage() {
    return "mariadb-client";
  }

  @Override
  public DumpRecipe dumps() {
    return new MySqlDumps(
        "mariadb-dump", clientPackage(), clientOptions(), List.of("--dump-history"));
  }

  @Override
  String title() {
    return "MariaDB";
  }

  @Override
  String program() {
    return "mariadbd";
  }

  @Override
  String clientProgram() {
    return "mariadb";
  }

  @Override
  List<String> clientOptions() {
    // it warns of every password that comes from the environment
    return List.of("--skip-ssl");
  }

  @Override
  int longestUsername() {
    return 80;
  }

  @Override
  List<String> ephemeralArguments() {
    return List.of("--innodb-log-file-size=16M");
  }

  @Override
  List<String> startArguments() {
    return List.of(NO_CERTIFICATE);
  }

  @Override
  List<String> lastingArguments() {
    return List.of(
        // the default before 11.6 is Latin 1
        "--character-set-server=utf8mb4",
        // no table has files outside of the data directory, where no snapshot would find them
        "--skip-symbolic-links");
  }
}
