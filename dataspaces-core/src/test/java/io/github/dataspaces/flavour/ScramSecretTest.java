package io.github.dataspaces.flavour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.Dataspace;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.testkit.EachRuntime;
import io.github.dataspaces.testkit.Sql;
import io.github.dataspaces.testkit.TestHome;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a password lets in who knows it, and nobody else. */
class ScramSecretTest {

  private static final String TEN = "long words";
  private static final String LONG = TEN + TEN + TEN + TEN + TEN + TEN + TEN;

  @RegisterExtension static final TestHome HOME = TestHome.warm();

  private static void change(Sql owner, String password) {
    owner.run(new PostgreSql().changePassword("ann", password));
  }

  private static Sql withAnn(Dataspace dataspace) {
    return Sql.on(dataspace).run("create role ann login");
  }

  /** From now on the server has clients prove that they know a password, and never sees it. */
  private static void askForProof(Sql owner) {
    String rules = owner.query("show hba_file");
    owner.run(
        "copy (select 'host all all all scram-sha-256') to '%s'".formatted(rules),
        "select pg_reload_conf()");
    assertThat(owner.query("select count(*) from pg_hba_file_rules")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "it's 1,=; \"secret\" \\", "Größe", LONG})
  void letsInWhoeverKnowsThePassword(String password) {
    Dataspace dataspace = HOME.create(RuntimeChoice.EMBEDDED);
    Sql owner = withAnn(dataspace);
    change(owner, password);
    assertThat(owner.as("ann", password).answers()).isTrue();
    assertThat(owner.as("ann", password + "!").answers()).isFalse();
    askForProof(owner);
    assertThat(owner.as("ann", password).answers()).isTrue();
    assertThat(owner.as("ann", password + "!").answers()).isFalse();
    change(owner, "another");
    assertThat(owner.as("ann", password).answers()).isFalse();
    assertThat(owner.as("ann", "another").answers()).isTrue();
  }

  @EachRuntime
  void asksEverybodyForAPasswordThatIsQuickToCheck(RuntimeChoice runtime) {
    Dataspace dataspace = HOME.create(runtime);
    Sql owner = withAnn(dataspace);
    assertThat(owner.rows("select distinct auth_method from pg_hba_file_rules where type ~ 'host'"))
        .containsExactly("password");
    assertThat(owner.as("ann", "").answers()).isFalse();
    assertThat(owner.as(dataspace.connection().username(), "guessed").answers()).isFalse();
    assertThat(
            owner.query(
                "select substr(rolpassword, 1, 16) from pg_authid where rolname = current_user"))
        .isEqualTo("SCRAM-SHA-256$1:");
  }
}
