package io.github.dataspaces.flavour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** That only what searching needs is made later. */
class MySqlKeysTest {

  @Test
  void plainKeysAreMadeLater() {
    String create =
        """
        CREATE TABLE `or``ders` (
          `id` int NOT NULL AUTO_INCREMENT,
          `customer` int DEFAULT NULL COMMENT 'KEY `x` (`y`),',
          `note` text,
          PRIMARY KEY (`id`),
          UNIQUE KEY `u` (`note`(20)),
          KEY `customer` (`customer`),
          KEY `note, (b)` (`note`(20),`id`) COMMENT 'a, b',
          KEY `last` (`id`),
          CONSTRAINT `f` FOREIGN KEY (`customer`) REFERENCES `c` (`id`)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4""";
    ScriptRecipe.Split split = MySqlKeys.split(create).orElseThrow();
    assertThat(split.now())
        .contains("KEY `customer`", "UNIQUE KEY", "FOREIGN KEY", ") ENGINE=InnoDB")
        .doesNotContain("`last`", "`note, (b)`");
    assertThat(split.later())
        .isEqualTo(
            "alter table `or``ders` add KEY `note, (b)` (`note`(20),`id`) COMMENT 'a, b', add KEY `last` (`id`)");
  }

  @Test
  void whatTheTableNeedsStays() {
    assertThat(
            MySqlKeys.split(
                "CREATE TABLE `t` (\n  `i` int AUTO_INCREMENT,\n  KEY `i` (`i`)\n) ENGINE=InnoDB"))
        .isEqualTo(Optional.empty());
    assertThat(MySqlKeys.split("CREATE TABLE `t` (\n  `i` int,\n  KEY `i` (`i`)\n) ENGINE=MyISAM"))
        .isEqualTo(Optional.empty());
    assertThat(MySqlKeys.split("create table t (i int, key k (i)) engine=InnoDB"))
        .isEqualTo(Optional.empty());
  }
}
