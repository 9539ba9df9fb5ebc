import io.github.dataspaces.Dataspaces

// Whether a project that needs Docker runs. Where it does not, one line says so, however many projects there are.

String key = 'dataspaces.its.docker'

synchronized (System) {
  if (System.getProperty(key) == null) {
    String why = null
    new File(homes).mkdirs()
    Dataspaces.at(new File(homes, 'probe').toPath()).open().withCloseable {
      def check = it.setup().find { it.what() == 'runtime docker' }
      why = check.ok() ? '' : check.detail()
    }
    System.setProperty(key, why)
    if (why && System.getenv('DATASPACES_TEST_DOCKER') != 'required') {
      def names = new File(tools, '../projects').list().findAll { it.startsWith('docker-') }.sort().join(', ')
      // the scripts' own output goes to the projects' logs
      new FileOutputStream(FileDescriptor.out).write(
          "[WARNING] Skipped, because Docker cannot be used here: $names. ($why) DATASPACES_TEST_DOCKER=required runs them anyway.\n".bytes)
    }
  }
}

return System.getProperty(key).isEmpty() || System.getenv('DATASPACES_TEST_DOCKER') == 'required'
