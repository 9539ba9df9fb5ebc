package io.github.dataspaces.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the executions of surefire in the pom really run on the JUnit they are named for. */
@Tag("every-junit")
class JUnitVersionTest {

  @Test
  void isTheOneThatWasAskedFor() {
    String version = Test.class.getPackage().getImplementationVersion();
    assertThat(version).startsWith(System.getProperty("junit.expected"));
  }
}
