package io.github.dataspaces.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A test that is run on MySQL and on MariaDB, in Docker, and on MariaDB as a native process; where
 * there is no Docker, only the last.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ValueSource(strings = {"mysql:9.7", "mariadb:11.8", EachMySql.NATIVE})
@ExtendWith(EachRuntime.NeedsDocker.class)
public @interface EachMySql {

  /** What runs as a native process. */
  String NATIVE = "mariadb:11.4";
}
