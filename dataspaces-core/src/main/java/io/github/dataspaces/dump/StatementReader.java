package io.github.dataspaces.dump;

import io.github.dataspaces.dump.Syntax.Trait;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes a script apart as the engine's own client does. Holds one statement at a time in memory.
 * Not thread-safe.
 */
public final class StatementReader {

  private static final String DELIMITER = "DELIMITER";
  private static final int SHORTEST_LIMIT = 16 << 20;
  private static final int LONGEST_LIMIT = 512 << 20;

  private final Syntax syntax;
  private final Window in;
  private final Tokens tokens;
  private final ScriptSettings settings;
  private byte[] delimiter;
  private boolean meaningful;
  private Optional<String> database = Optional.empty();

  /** Reads a script to its end; the caller closes the stream. */
  public StatementReader(InputStream in, Syntax syntax) {
    this(in, syntax, limit());
  }

  StatementReader(InputStream in, Syntax syntax, int limit) {
    this.syntax = syntax;
    this.in = new Window(in, limit);
    this.settings = new ScriptSettings(syntax);
    this.tokens = new Tokens(this.in, syntax, settings);
    this.delimiter = syntax.delimiter().getBytes(StandardCharsets.UTF_8);
  }

  /** A statement is held several times over, in several forms, until the server has it. */
  private static int limit() {
    long share = Runtime.getRuntime().maxMemory() / 10;
    return (int) Math.min(Math.max(share, SHORTEST_LIMIT), LONGEST_LIMIT);
  }

  /**
   * The next statement; empty at the end.
   *
   * @throws DumpFormatException if the script ends in the middle of something, or has a command
   *     that only a client understands
   */
  public Optional<Statement> next() throws IOException {
    while (true) {
      Optional<Statement> statement = read();
      if (statement.isEmpty() || !settings.absorb(statement.get())) {
        return statement;
      }
    }
  }

  /** The rows that follow such a statement. They have to be read to their end. */
  public InputStream rows() {
    return new CopyRows(in);
  }

  /** Whether rows follow a statement. */
  public boolean isCopy(Statement statement) {
    return syntax.has(Trait.PSQL_COMMANDS) && CopyRows.follow(statement);
  }

  /** Whether the script says itself that it is a dump, and does not say that it is complete. */
  public boolean isCutShort() {
    return tokens.isCutShort();
  }

  /** The line that is being read, from 1. */
  public long line() {
    return in.line();
  }

  /** What a statement that is not in UTF-8 is declared to be in, as the engine calls it. */
  public Optional<String> encoding() {
    return settings.encoding();
  }

  /** The database that the script has gone to last, by a command of the client. */
  public Optional<String> database() {
    return database;
  }

  private Optional<Statement> read() throws IOException {
    in.begin();
    meaningful = false;
    tokens.begin();
    while (true) {
      int c = in.at(0);
      if (c < 0) {
        return end(0);
      }
      if ((byte) c == delimiter[0] && tokens.depth() == 0 && in.startsWith(delimiter)) {
        Optional<Statement> statement = end(delimiter.length);
        if (statement.isPresent()) {
          return statement;
        }
      } else if (Window.isBlank(c)) {
        in.position++;
        forget();
      } else if (tokens.skipComment()) {
        forget();
      } else if (!isCommand(c)) {
        meaningful = true;
        tokens.skip(c, delimiter[0]);
      }
    }
  }

  /** Blanks and comments before a statement are none of it. */
  private void forget() {
    if (!meaningful) {
      in.begin();
    }
  }

  private Optional<Statement> end(int delimiterLength) {
    Optional<Statement> statement =
        meaningful
            ? Optional.of(new Statement(in.text(), settings.charset(), in.line()))
            : Optional.empty();
    in.position += delimiterLength;
    in.begin();
    tokens.begin();
    return statement;
  }

  /** Commands of the client, which no server understands; reads over them. */
  private boolean isCommand(int c) throws IOException {
    if (c == '\\' && syntax.has(Trait.PSQL_COMMANDS)) {
      long line = in.line();
      PsqlCommand.accept(line, restOfLine()).ifPresent(name -> database = Optional.of(name));
    } else if (!meaningful && syntax.has(Trait.DELIMITER_COMMAND) && isDelimiterCommand(c)) {
      String named = restOfLine().substring(DELIMITER.length()).strip();
      if (!named.isEmpty()) {
        delimiter = named.split("\\s", 2)[0].getBytes(StandardCharsets.UTF_8);
      }
    } else {
      return false;
    }
    forget();
    return true;
  }

  private boolean isDelimiterCommand(int c) throws IOException {
    if (c != 'd' && c != 'D') {
      return false;
    }
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < DELIMITER.length(); i++) {
      word.append((char) in.at(i));
    }
    int after = in.at(DELIMITER.length());
    return word.toString().toUpperCase(Locale.ROOT).equals(DELIMITER)
        && (after < 0 || Window.isBlank(after));
  }

  private String restOfLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.at(0); c >= 0 && c != '\n'; c = in.at(0)) {
      line.append((char) c);
      in.position++;
    }
    return line.toString().strip();
  }
}
