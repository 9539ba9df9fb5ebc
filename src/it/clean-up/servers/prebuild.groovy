import io.github.dataspaces.Dataspaces
import io.github.dataspaces.config.DataspaceException

// Ends every server that the projects have left, in every home they had. A process that is still there after that is a fault.

new File(homes).listFiles()?.findAll { new File(it, 'home.id').isFile() }?.each { home ->
  Dataspaces.at(home.toPath()).open().withCloseable { dataspaces ->
    dataspaces.list().each { info ->
      println "left over: ${info.name()} in $home, ${info.state()}"
      try {
        dataspaces.get(info.name()).destroy(true)
      } catch (DataspaceException e) {
        println e.message
      }
    }
  }
}

def servers = ProcessHandle.allProcesses().filter { it.info().commandLine().orElse('').contains(homes) && it.info().command().orElse('').endsWith('/postgres') }.toList()
servers.each {
  println "still there: ${it.pid()} ${it.info().commandLine().orElse('')}"
  it.destroyForcibly()
}
assert servers.isEmpty(): 'a server outlived the destruction of its dataspace'
