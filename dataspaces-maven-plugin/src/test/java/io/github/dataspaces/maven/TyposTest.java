package io.github.dataspaces.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TyposTest {

  @Test
  void onlyWhatIsNearlyAParameterIsTakenForATypo() {
    Properties typed = new Properties();
    typed.setProperty("dataspaces.flavor", "postgres:17");
    typed.setProperty("dataspaces.name", "shop");
    typed.setProperty("dataspaces.keepOnFailure", "true");
    typed.setProperty("flavor", "vanilla");

    assertThat(Typos.in(typed, Set.of("flavour", "name", "port")))
        .containsExactly("No goal knows -Ddataspaces.flavor. Did you mean -Ddataspaces.flavour?");
  }
}
