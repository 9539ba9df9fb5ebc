package io.github.dataspaces.testkit;

import io.github.dataspaces.ConnectionFormat;
import io.github.dataspaces.Dataspace;
import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.Exports;
import io.github.dataspaces.config.IfExists;
import io.github.dataspaces.config.Imports;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.ScriptReader;
import io.github.dataspaces.config.Selection;
import io.github.dataspaces.config.Settings;
import io.github.dataspaces.config.SnapshotReference;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@link OtherJvm} runs: a request a line on the standard input, its answer on the output. */
public final class Child {

  /** Before an answer; whatever else is on the output was written by a program it started. */
  static final String ANSWER = "\u0001";

  private final Path home;
  private Optional<Dataspaces> opened = Optional.empty();

  private Child(Path home) {
    this.home = home;
  }

  /** The home, then requests on the standard input until it ends. */
  public static void main(String[] arguments) throws IOException {
    Child child = new Child(Path.of(arguments[0]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(ANSWER + "ok ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(ANSWER + child.answer(decoded(line)));
    }
    child.opened.ifPresent(Dataspaces::close);
  }

  private String answer(List<String> request) {
    try {
      return "ok " + encoded(List.of(perform(request.get(0), request.subList(1, request.size()))));
    } catch (DataspaceException e) {
      return "failed " + encoded(List.of(e.reason().name(), e.problem(), e.remedy()));
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      return "failed " + encoded(List.of(e.getClass().getName(), String.valueOf(e), ""));
    }
  }

  private String perform(String verb, List<String> words) {
    switch (verb) {
      case "open" -> dataspaces();
      case "create" -> create(words);
      case "snapshot" -> get(words).snapshot(words.get(1), false);
      case "update" -> get(words).snapshot(words.get(1), true);
      case "rollback" -> get(words).rollback(words.get(1));
      case "import" -> get(words).importDump(imports(words.subList(1, words.size())));
      case "copy" -> get(words).copy(words.get(1));
      case "destroy" -> get(words).destroy(Boolean.parseBoolean(words.get(1)));
      case "start" -> get(words).start();
      case "stop" -> get(words).stop();
      case "sql" -> Sql.on(get(words)).run(words.get(1));
      case "delete-snapshot" ->
          dataspaces().deleteSnapshot(new SnapshotReference(words.get(0), words.get(1)));
      case "copy-snapshot" ->
          dataspaces()
              .copySnapshot(
                  new SnapshotReference(words.get(0), words.get(1)),
                  new SnapshotReference(words.get(2), words.get(3)));
      default -> {
        return told(verb, words);
      }
    }
    return "";
  }

  private String told(String verb, List<String> words) {
    return switch (verb) {
      case "take" ->
          dataspaces()
              .testServers(Duration.ofHours(1))
              .take(DataspaceSpec.named("any").runtime(RuntimeChoice.parse(words.get(0))).build())
              .dataspace()
              .name();
      case "query" -> Sql.on(get(words)).query(words.get(1));
      case "export" ->
          get(words)
              .exportDump(
                  new Exports(
                      Path.of(words.get(1)),
                      Optional.empty(),
                      Selection.of(words.subList(2, words.size()), true)))
              .toString();
      case "url" -> get(words).connection().jdbcUrl();
      case "cloner" -> get(words).info().cloner();
      case "list" ->
          dataspaces().list().stream()
              .map(info -> info.name() + " " + info.state())
              .collect(Collectors.joining("\n"));
      case "snapshots" ->
          dataspaces().snapshots(words.get(0)).stream()
              .map(info -> info.name() + " " + info.cloner())
              .collect(Collectors.joining("\n"));
      case "env" -> ConnectionFormat.parse(words.get(1)).render(get(words).connection());
      case "client" -> String.valueOf(get(words).client(Optional.of(words.get(1))));
      case "shell" -> String.valueOf(get(words).shell(Optional.of(words.get(1))));
      case "setup" ->
          dataspaces().setup().stream()
              .map(
                  check ->
                      "%s: %s %s"
                          .formatted(
                              check.what(), check.ok(), check.detail() + " " + check.remedy()))
              .collect(Collectors.joining("\n"));
      default -> throw new IllegalArgumentException(verb);
    };
  }

  private void create(List<String> words) {
    DataspaceSpec.Builder spec =
        DataspaceSpec.named(words.get(0)).runtime(RuntimeChoice.parse(words.get(1)));
    for (String option : words.subList(2, words.size())) {
      String value = option.substring(option.indexOf('=') + 1);
      switch (option.substring(0, option.indexOf('='))) {
        case "flavour" -> spec.flavour(value);
        case "image" -> spec.image(value);
        case "from" -> spec.from(SnapshotReference.parse(value, words.get(0)));
        case "ifExists" -> spec.ifExists(IfExists.parse(value));
        case "ephemeral" -> spec.ephemeral(Boolean.parseBoolean(value));
        default -> throw new IllegalArgumentException(option);
      }
    }
    dataspaces().create(spec.build());
  }

  /** A path or a URL, and settings as names and values. */
  private static Imports imports(List<String> words) {
    Map<String, String> settings =
        words.stream()
            .skip(1)
            .map(word -> word.split("=", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    ScriptReader files = new ScriptReader(Path.of("/"), Child.class.getClassLoader());
    return Imports.of(Settings.map(settings), words.get(0), files);
  }

  private Dataspace get(List<String> words) {
    return dataspaces().get(words.get(0));
  }

  private Dataspaces dataspaces() {
    Dataspaces known =
        opened.orElseGet(() -> Dataspaces.at(home).artifacts(LocalBinaries.RESOLVER).open());
    opened = Optional.of(known);
    return known;
  }

  static String encoded(List<String> words) {
    return words.stream()
        .map(word -> word.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t"))
        .collect(Collectors.joining("\t"));
  }

  static List<String> decoded(String line) {
    return Arrays.stream(line.split("\t", -1))
        .map(
            word ->
                word.replace("\\\\", "\u0002")
                    .replace("\\n", "\n")
                    .replace("\\t", "\t")
                    .replace("\u0002", "\\"))
        .toList();
  }
}
