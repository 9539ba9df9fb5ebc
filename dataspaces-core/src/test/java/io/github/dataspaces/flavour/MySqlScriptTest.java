package io.github.dataspaces.flavour;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That scripts are taken apart as the {@code mysql} client takes them apart. */
class MySqlScriptTest {

  @Test
  void statementsEndAtSemicolons() {
    assertThat(MySqlScript.statements("select 1;\n\n select 2 ;select 3"))
        .containsExactly("select 1", "select 2", "select 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'a;b'",
        "select 'it''s; so'",
        "select 'it\\'s; so'",
        "select \"a;\\\";\"",
        "select `a;\\`",
        "select 1 /* one; 'two */ + 2",
        "select 1 -- one; 'two\n+ 2",
        "select 1 # one; \"two\n+ 2",
        "select 5--1",
        "/*!50003 set names utf8 */",
        "/*M!100100 set names utf8 */",
        "select /*+ no_icp(t) */ 1",
        "select 'never closed; at all",
      })
  void oneStatementStaysOne(String statement) {
    assertThat(MySqlScript.statements(statement)).containsExactly(statement);
    assertThat(MySqlScript.statements("select 1;" + statement).get(1)).isEqualTo(statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " \n", "-- nothing", "--\n#\n/* ; */;;\n;", "delimiter", "delimiter "})
  void thereMayBeNothingToDo(String script) {
    assertThat(MySqlScript.statements(script).stream().filter(text -> !text.equals("delimiter")))
        .isEmpty();
  }

  @Test
  void scriptsNameTheirOwnDelimiter() {
    String script =
        """
        -- first
        DELIMITER ;;
        create trigger t before insert on a for each row begin set @a = 1; set @b = 2; end ;;
        Delimiter $$
        begin select ';;'; end$$
        delimiter ;
        select 1; select 'delimiter //';
        """;
    assertThat(MySqlScript.statements(script))
        .containsExactly(
            "create trigger t before insert on a for each row begin set @a = 1; set @b = 2; end",
            "begin select ';;'; end",
            "select 1",
            "select 'delimiter //'");
  }

  @Test
  void aColumnMayBeCalledDelimiter() {
    assertThat(MySqlScript.statements("select delimiter from t; select 2")).hasSize(2);
  }
}
