package io.github.dataspaces.flavour;

import io.github.dataspaces.config.DumpFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Dumps by {@code mysqldump} and {@code mariadb-dump}.
 *
 * @param program the program
 * @param clientPackage what it comes in
 * @param options what not both of them understand
 * @param newerOptions what only some versions of the program understand
 */
record MySqlDumps(
    String program, String clientPackage, List<String> options, List<String> newerOptions)
    implements DumpRecipe {

  private static final List<String> EVERYTHING =
      List.of(
          // what was there at one moment, without keeping anybody from writing
          "--single-transaction",
          "--routines",
          "--events",
          "--triggers",
          "--no-tablespaces",
          "--hex-blob",
          "--default-character-set=utf8mb4",
          "--max-allowed-packet=1G",
          "--skip-dump-date",
          // an index that has all columns may be read instead, or not
          "--order-by-primary");

  @Override
  public List<DumpFormat> formats() {
    return List.of(DumpFormat.PLAIN);
  }

  /** They are written as clients see them, with six digits. */
  @Override
  public Optional<String> inexact() {
    return Optional.of(
        """
        select concat(c.table_name, '.', c.column_name, ' (', c.column_type, ')')
        from information_schema.columns c
        join information_schema.tables t
          on t.table_schema = c.table_schema and t.table_name = c.table_name
        where c.table_schema = database() and c.data_type = 'float' and t.table_type <> 'VIEW'
        order by 1
        """);
  }

  @Override
  public boolean fits(String programVersion, String serverVersion) {
    return true;
  }

  @Override
  public List<String> places() {
    return List.of();
  }

  @Override
  public String remedy(String serverVersion) {
    return "Install %s (for example: apt-get install %s)".formatted(program, clientPackage);
  }

  @Override
  public List<String> arguments(DumpFormat format, Address address, Predicate<String> knows) {
    List<String> arguments = new ArrayList<>(List.of("--no-defaults"));
    arguments.addAll(options);
    newerOptions.stream().filter(knows).forEach(arguments::add);
    arguments.addAll(EVERYTHING);
    arguments.addAll(
        List.of(
            "--protocol=TCP",
            "--host=" + address.host(),
            "--port=" + address.port(),
            "--user=" + address.credentials().username(),
            address.credentials().database()));
    return List.copyOf(arguments);
  }
}
