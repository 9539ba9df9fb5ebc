import io.github.dataspaces.Dataspaces
import io.github.dataspaces.config.DataspaceException

// Ends every server that the projects have left, in every home they had.
// Returns the processes that were still there after that, which nothing should.

new File(homes).listFiles()?.findAll { new File(it, 'home.id').isFile() }?.each { home ->
  Dataspaces.at(home.toPath()).open().withCloseable { dataspaces ->
    dataspaces.list().each { info ->
      println "left over in $home: ${info.name()}, ${info.state()}"
      try {
        dataspaces.get(info.name()).destroy(true)
      } catch (DataspaceException e) {
        println e.message
      }
    }
  }
}

def servers = ProcessHandle.allProcesses()
    .filter { it.info().command().orElse('').endsWith('/postgres') && it.info().commandLine().orElse('').contains(homes) }
    .toList()
servers.each {
  println "still there: ${it.pid()} ${it.info().commandLine().orElse('')}"
  it.destroyForcibly()
}
return servers
