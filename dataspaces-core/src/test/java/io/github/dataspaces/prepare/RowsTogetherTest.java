package io.github.dataspaces.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dataspaces.dump.Statement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTogetherTest {

  private static List<String> together(String... statements) {
    return RowsTogether.of(
        Stream.of(statements)
            .map(
                text ->
                    new Statement(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8, 1))
            .toList());
  }

  @Test
  void rowsOfOneTableBecomeOneStatement() {
    assertThat(
            together(
                "INSERT INTO public.t (a, b) VALUES (1, 'x (y), ''z''')",
                "INSERT INTO public.t (a, b) VALUES (-2.5e10, NULL)",
                "INSERT INTO public.t (a, b) VALUES (DEFAULT, B'101')",
                "INSERT INTO public.t (b) VALUES (true)",
                "INSERT INTO public.u VALUES ('VALUES (1)')",
                "INSERT INTO public.u VALUES (2)",
                "delete from public.u",
                "INSERT INTO public.u VALUES (3)"))
        .containsExactly(
            "INSERT INTO public.t (a, b) VALUES (1, 'x (y), ''z'''),\n(-2.5e10, NULL),\n(DEFAULT, B'101')",
            "INSERT INTO public.t (b) VALUES (true)",
            "INSERT INTO public.u VALUES ('VALUES (1)'),\n(2)",
            "delete from public.u",
            "INSERT INTO public.u VALUES (3)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into t values (1), (2)",
        "insert into t values ((select max(a) + 1 from t))",
        "insert into t values (a.b)",
        "insert into t values (nextval('s'))",
        "insert into t values (current_user)",
        "insert into t values (1 + 1 * 2)",
        "insert into t values ('a' || 'b')",
        "insert into t values ('a'::text)",
        "insert into t values (array[1])",
        "insert into t values ($$a$$)",
        "insert into t values ('a\\')",
        "insert into t values (E'a\\'b')",
        "insert into t values (U&'a')",
        "insert into t values (1) on conflict (a) do nothing",
        "insert into t values (1) returning (a)",
        "insert into t values (1) -- (2)",
        "insert into t select 1",
        "insert into t default values",
        "with x as (insert into t values (1)) select 1",
        "update t set a = 1"
      })
  void everythingElseStaysAsItIs(String statement) {
    assertThat(together(statement, statement)).containsExactly(statement, statement);
  }
}
