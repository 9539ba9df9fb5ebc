package io.github.dataspaces.flavour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A server that is given an option it does not know does not start. Not every version can be tried
 * here; by its documentation, these are known to all from the oldest on.
 */
class MySqlSettingsTest {

  private static final Set<String> EVERYWHERE =
      Set.of(
          "innodb-flush-log-at-trx-commit",
          "innodb-doublewrite",
          "skip-log-bin",
          "innodb-buffer-pool-size",
          "innodb-buffer-pool-dump-at-shutdown",
          "innodb-buffer-pool-load-at-startup",
          "performance-schema",
          "max-connections");

  /** From 10.6 on; what a later version has removed it goes on to accept. */
  private static final Set<String> MARIADB =
      Set.of("innodb-log-file-size", "character-set-server", "skip-symbolic-links");

  @Test
  void whatSomeMySqlDoesNotKnowIsSaidSoThatItDoesNotMind() {
    assertThat(new MySql().serverArguments(Purpose.QUICK))
        .filteredOn(argument -> !argument.startsWith("--loose-"))
        .map(MySqlSettingsTest::name)
        .isSubsetOf(EVERYWHERE);
    assertThat(new MySql().serverArguments(Purpose.DURABLE)).isEmpty();
  }

  @Test
  void mariaDbHasNoneThatItsOldestVersionDoesNotKnow() {
    List<String> others =
        new MariaDb()
            .serverArguments(Purpose.QUICK).stream()
                .map(MySqlSettingsTest::name)
                .filter(name -> !EVERYWHERE.contains(name))
                .toList();
    assertThat(others).isSubsetOf(MARIADB);
    assertThat(new MariaDb().serverArguments(Purpose.DURABLE))
        .map(MySqlSettingsTest::name)
        .containsExactly("character-set-server", "skip-symbolic-links");
  }

  private static String name(String argument) {
    return argument.replaceFirst("^--", "").replaceFirst("=.*", "");
  }
}
