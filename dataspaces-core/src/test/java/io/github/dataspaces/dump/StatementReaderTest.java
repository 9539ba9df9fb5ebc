package io.github.dataspaces.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That scripts are taken apart as the engines' own clients take them apart. */
class StatementReaderTest {

  private static List<String> mysql(String script) throws IOException {
    return statements(script, Syntax.MYSQL);
  }

  private static List<String> psql(String script) throws IOException {
    return statements(script, Syntax.PSQL);
  }

  private static List<String> statements(String script, Syntax syntax) throws IOException {
    return statements(script.getBytes(StandardCharsets.UTF_8), syntax);
  }

  /** The statements, and the rows after them. */
  private static List<String> statements(byte[] script, Syntax syntax) throws IOException {
    StatementReader reader = new StatementReader(slowly(script), syntax);
    List<String> found = new ArrayList<>();
    for (Optional<Statement> next = reader.next(); next.isPresent(); next = reader.next()) {
      found.add(next.get().text());
      if (reader.isCopy(next.get())) {
        found.add(new String(reader.rows().readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  /** A few bytes at a time, so that everything is torn apart somewhere. */
  private static InputStream slowly(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 3));
      }
    };
  }

  @Test
  void statementsEndAtSemicolons() throws IOException {
    assertThat(mysql("select 1;\n\n select 2 ;select 3"))
        .containsExactly("select 1", "select 2", "select 3");
    assertThat(psql("select 1;\n\n select 2 ;select 3"))
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
      })
  void oneStatementOfMySqlStaysOne(String statement) throws IOException {
    assertThat(mysql(statement)).containsExactly(statement);
    assertThat(mysql("select 1;" + statement).get(1)).isEqualTo(statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'a;b'",
        "select 'it''s; so'",
        "select 'a\\'",
        "select E'it\\'s; so'",
        "select type'a\\'",
        "select \"a;\\\"",
        "select $$a;b$$",
        "select $tag$a;$$;$tag;$tag$",
        "select $1, a$b$c",
        "select 1 /* one; /* two; */ three; */ + 2",
        "select 1 -- one; 'two\n+ 2",
        "create rule r as on insert to a do also (insert into b values (1); insert into c values (2))",
        "create function f() returns int begin atomic select case when true then 1 end; select 2; end",
        "create or replace procedure p() begin atomic; select 1; end",
        "select 5--1",
      })
  void oneStatementOfPostgreSqlStaysOne(String statement) throws IOException {
    assertThat(psql(statement)).containsExactly(statement);
    assertThat(psql("select 1;" + statement + "\n;select 2"))
        .containsExactly("select 1", statement, "select 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " \n", "-- nothing", "--\n#\n/* ; */;;\n;", "delimiter", "delimiter "})
  void thereMayBeNothingToDo(String script) throws IOException {
    assertThat(mysql(script)).isEmpty();
  }

  @Test
  void scriptsNameTheirOwnDelimiter() throws IOException {
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
    assertThat(mysql(script))
        .containsExactly(
            "create trigger t before insert on a for each row begin set @a = 1; set @b = 2; end",
            "begin select ';;'; end",
            "select 1",
            "select 'delimiter //'");
  }

  @Test
  void aColumnMayBeCalledDelimiter() throws IOException {
    assertThat(mysql("select delimiter from t; select 2")).hasSize(2);
  }

  @Test
  void rowsFollowACopy() throws IOException {
    String script =
        """
        COPY t (a, b) FROM stdin;
        1\t\\.x
        ; '\t\\\\.
        \\.

        copy u from stdin with (format csv);
        \\.
        select 1;
        """;
    assertThat(psql(script))
        .containsExactly(
            "COPY t (a, b) FROM stdin",
            "1\t\\.x\n; '\t\\\\.\n",
            "copy u from stdin with (format csv)",
            "",
            "select 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1;\nselect 'never closed; at all",
        "select 1;\nselect \"never closed; at all",
        "select 1;\nselect $a$ never closed; at all $b$",
        "select 1;\nselect /* never closed; */ /* at all",
        "select 1;\ncopy t from stdin;\n1\n2\n",
      })
  void whatIsNeverClosedIsToldWithItsLine(String script) {
    assertThatExceptionOfType(DumpFormatException.class)
        .isThrownBy(() -> psql(script))
        .withMessageContaining("in the middle of")
        .satisfies(e -> assertThat(e.line()).isEqualTo(2));
  }

  @Test
  void commandsOfPsqlAreRefusedExceptThoseThatAreHarmless() throws IOException {
    assertThat(psql("\\restrict abc\n\\connect other\nselect 1;\n\\c -reuse-previous=on \"x\"\n"))
        .containsExactly("select 1");
    assertThatExceptionOfType(DumpFormatException.class)
        .isThrownBy(() -> psql("select 1;\n\n\\i other.sql\n"))
        .withMessage("\\i is a command of psql, which only psql understands")
        .satisfies(e -> assertThat(e.line()).isEqualTo(3));
  }

  @Test
  void theEncodingIsTheScriptsOwn() throws IOException {
    byte[] latin =
        "set client_encoding = 'LATIN1'; select 'é';".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(statements(latin, Syntax.PSQL)).containsExactly("select 'é'");
    byte[] windows =
        "/*!40101 SET NAMES latin1 */; select '€';".getBytes(Charset.forName("windows-1252"));
    assertThat(statements(windows, Syntax.MYSQL)).containsExactly("select '€'");
    assertThatExceptionOfType(DumpFormatException.class)
        .isThrownBy(() -> psql("set client_encoding = 'SJIS';"))
        .withMessageContaining("SJIS");
  }

  @Test
  void backslashesMeanWhatTheScriptSays() throws IOException {
    assertThat(psql("set standard_conforming_strings = off; select 'a\\';'; select 2"))
        .contains("select 'a\\';'", "select 2");
    assertThat(mysql("set sql_mode = 'NO_BACKSLASH_ESCAPES'; select 'a\\'; select 2"))
        .contains("select 'a\\'", "select 2");
  }

  @Test
  void bytesThatAreNoTextBecomeHexadecimal() throws IOException {
    byte[] script =
        "insert into t values (1,_binary 'a\u0000\u00ff\\'\\n''b','ok')"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(statements(script, Syntax.MYSQL))
        .containsExactly("insert into t values (1,_binary x'6100ff270a2762','ok')");
  }

  @Test
  void aDumpWithoutItsLastLineIsCutShort() throws IOException {
    String dump = "--\n-- PostgreSQL database dump\n--\nselect 1;\n";
    assertThat(read(dump).isCutShort()).isTrue();
    assertThat(read(dump + "--\n-- PostgreSQL database dump complete\n--\n").isCutShort())
        .isFalse();
    assertThat(read("-- PostgreSQL\nselect 1;").isCutShort()).isFalse();
  }

  private static StatementReader read(String script) throws IOException {
    StatementReader reader =
        new StatementReader(slowly(script.getBytes(StandardCharsets.UTF_8)), Syntax.PSQL);
    while (reader.next().isPresent()) {
      // to the end
    }
    return reader;
  }

  @Test
  void aStatementThatIsTooLongIsRefused() {
    byte[] endless = new byte[3 << 20];
    java.util.Arrays.fill(endless, (byte) 'x');
    StatementReader reader =
        new StatementReader(new ByteArrayInputStream(endless), Syntax.PSQL, 1 << 20);
    assertThatExceptionOfType(DumpFormatException.class)
        .isThrownBy(reader::next)
        .withMessage("a statement is longer than 1 MB");
  }

  @Test
  void passwordsAreNotShown() {
    Statement statement =
        new Statement(
            "create role a\n  password 'secret'".getBytes(StandardCharsets.UTF_8),
            StandardCharsets.UTF_8,
            1);
    assertThat(statement.beginning()).isEqualTo("create role a password '…");
    assertThat(statement.isSecret()).isTrue();
  }
}
