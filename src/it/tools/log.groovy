import java.util.regex.Pattern

/** What the user saw, asserted in the order in which it was seen. */
class BuildLog {
  private static final Pattern FAILURE = ~/^\[ERROR\] Failed to execute goal \S+ \(\S+\) on project \S+: (.*?)( -> \[Help 1\])?$/

  final List<String> lines
  private int at = 0

  BuildLog(File basedir) {
    // colours are for people
    lines = new File(basedir, 'build.log').readLines('UTF-8')*.replaceAll(/\u001b\[[0-9;]*m/, '')
  }

  /** Each text, or pattern, stands in a line after the one that was shown before it. Returns the last of these lines. */
  String shows(Object... expected) {
    expected.collect { find("a line with", it) { line -> it instanceof Pattern ? line =~ it : line.contains(it.toString()) } }.last()
  }

  /** The next line that is exactly this. */
  void showsLine(String expected) {
    find('the line', expected) { it == expected }
  }

  /** Maven tells of failure with exactly this message, after what was shown before. */
  void fails(Object message) {
    find('the failure', message) { line ->
      def failure = FAILURE.matcher(line)
      failure && (message instanceof Pattern ? failure.group(1) ==~ message : failure.group(1) == message.toString())
    }
  }

  /** No line has the text. */
  void never(Object... unexpected) {
    unexpected.each { text ->
      def found = lines.findAll { text instanceof Pattern ? it =~ text : it.contains(text.toString()) }
      assert found.isEmpty(): "'$text' was not to be seen"
    }
  }

  /** What was printed, without what the invoker itself writes into the log, and the blank lines that colours leave. */
  String printed() {
    lines.findAll { !it.isBlank() && !(it ==~ /(Running|Finished) \S+ script: .*/) }.collect { it + '\n' }.join()
  }

  /** How many lines have the text. */
  int count(String text) {
    lines.count { it.contains(text) }
  }

  private String find(String what, Object expected, Closure<Boolean> matches) {
    int found = lines.findIndexOf(at) { matches(it) }
    if (found < 0) {
      throw new AssertionError("Not seen after line $at of the build.log: $what\n  $expected" as Object)
    }
    at = found + 1
    return lines[found]
  }
}

return BuildLog
