import java.nio.file.Files

// Puts an example where it is built, as a user who copies it would. The project is named after it: example-NAME.

def example = new File(tools, "../../../examples/${basedir.name - 'example-'}").canonicalFile.toPath()
Files.walk(example).withCloseable { paths ->
  paths.filter { !it.startsWith(example.resolve('target')) && Files.isRegularFile(it) }.forEach {
    def copy = basedir.toPath().resolve(example.relativize(it).toString())
    Files.createDirectories(copy.parent)
    Files.copy(it, copy)
  }
}
return true
