package io.github.dataspaces.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A test that is run on each version of MySQL and MariaDB that goes its own way, in Docker, and on
 * MariaDB as a native process; where there is no Docker, only on the last.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ValueSource(
    strings = {
      "mysql:8.0",
      "mysql:8.4",
      "mysql:9.7",
      "mariadb:10.11",
      "mariadb:11.8",
      EachMySql.NATIVE
    })
@ExtendWith(EachRuntime.NeedsDocker.class)
public @interface EachMySqlVersion {}
