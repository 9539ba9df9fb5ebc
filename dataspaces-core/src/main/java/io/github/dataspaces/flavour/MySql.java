package io.github.dataspaces.flavour;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** MySQL 8.0 and later. */
public final class MySql extends MySqlFamily {

  @Override
  public String name() {
    return "mysql";
  }

  @Override
  public Set<String> aliases() {
    return Set.of();
  }

  @Override
  public String defaultVersion() {
    return "9.7";
  }

  @Override
  public Optional<NativeRecipe> nativeServer() {
    return Optional.empty();
  }

  @Override
  public List<String> jdbcUrls(String host, int port, String database) {
    // its certificate is made up, and without one the password's key has to be asked for
    String url =
        "jdbc:mysql://%s:%s/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true"
            .formatted(host, String.valueOf(port), database);
    return List.of(url, url + "&permitMysqlScheme=true");
  }

  @Override
  public String driverArtifact() {
    return "com.mysql:mysql-connector-j or org.mariadb.jdbc:mariadb-java-client";
  }

  @Override
  public String clientPackage() {
    return "default-mysql-client";
  }

  @Override
  public DumpRecipe dumps() {
    return new MySqlDumps(
        "mysqldump", clientPackage(), List.of("--set-gtid-purged=OFF"), List.of());
  }

  @Override
  String title() {
    return "MySQL";
  }

  @Override
  String program() {
    return "mysqld";
  }

  @Override
  String clientProgram() {
    return "mysql";
  }

  @Override
  List<String> clientOptions() {
    return List.of();
  }

  @Override
  int longestUsername() {
    return 32;
  }

  @Override
  List<String> ephemeralArguments() {
    // "loose": a version that does not know it, as the first is not known before 8.0.30, only
    // warns.
    // MariaDB takes the options of all its earlier versions that way anyway
    return List.of("--loose-innodb-redo-log-capacity=16M", "--loose-mysqlx=OFF");
  }

  @Override
  List<String> startArguments() {
    return List.of();
  }

  @Override
  List<String> lastingArguments() {
    return List.of();
  }
}
